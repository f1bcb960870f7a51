"""A temporary file: what was put is had again, and one that can't grow is told plainly."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from dataflows.sources.scratch import ScratchFile


@given(values=st.lists(st.lists(st.text() | st.integers() | st.none())), order=st.randoms(use_true_random=False))
def test_each_value_is_had_again_by_its_offset_in_any_order(values: list[list], order) -> None:
    file = ScratchFile()
    offsets = [(file.put(value), value) for value in values]
    order.shuffle(offsets)

    assert all(file.get(offset) == value for offset, value in offsets)


def test_a_folder_without_room_is_told_with_a_cure_and_nothing_else() -> None:
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from dataflows.errors import OutputError\n"
        "from dataflows.sources.shared_texts import keep_texts\n"
        "try:\n"
        "    keep_texts(map(str, range(100_000)))\n"
        "except OutputError as error:\n"
        "    print(error)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)

    assert ended.stderr == ""
    assert ended.stdout.startswith("The folder for temporary files can't be written: ")
    assert "Make room in it, or name another one in the environment variable TMPDIR." in ended.stdout
