"""A temporary file for what is too much for memory: it has no name, and is gone with its owner or the program."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from contextlib import suppress
from typing import IO, Any

from dataflows.errors import OutputError


class ScratchFile:
    """Holds values of Python's own kinds; each can be had again by the offset that `put` returned."""

    def __init__(self) -> None:
        try:
            self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (it lives as long as its owner)
        except OSError as error:
            raise no_room(error.strerror) from error
        weakref.finalize(self, _close, self._file)

    def put(self, value: Any) -> int:
        """Write a value; raises OutputError where the folder for temporary files is full."""
        try:
            offset = self._file.tell()
            pickle.dump(value, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise no_room(error.strerror) from error
        return offset

    def get(self, offset: int) -> Any:
        """Read what this process wrote a moment ago; nothing of it comes from anywhere else."""
        try:
            self._file.seek(offset)
        except OSError as error:  # what waited could not be written
            raise no_room(error.strerror) from error
        return pickle.load(self._file)  # noqa: S301  (see above)


def no_room(reason: str | None) -> OutputError:
    """Return the error for a folder for temporary files that can't be written."""
    message = f"The folder for temporary files can't be written: {reason or 'for a reason that is not told'}."
    return OutputError(f"{message} Make room in it, or name another one in the environment variable TMPDIR.")


def _close(file: IO[bytes]) -> None:
    with suppress(OSError):  # what could not be written is not needed any more
        file.close()
