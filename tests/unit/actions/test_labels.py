"""What rows say in a few words, by kind and id: in memory, and in a temporary database beyond some thousands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.actions.labels import Labels


@pytest.mark.parametrize("most", [20_000, 2, 0])
def test_labels_are_had_by_kind_and_id_and_a_later_one_goes_before(most: int) -> None:
    labels = Labels(most)
    labels.add("vendor", "zoom", "Zoom")
    labels.add("vendor", "ixl", "IXL")
    labels.add("flow", "zoom", "Zoom: name")
    labels.add("vendor", "zoom", "was zoom-video")

    assert dict(labels) == {
        ("vendor", "zoom"): "was zoom-video",
        ("vendor", "ixl"): "IXL",
        ("flow", "zoom"): "Zoom: name",
    }
    assert len(labels) == 3
    assert labels.get(("flow", "ixl")) is None
    assert labels.get(("party", "zoom")) is None


_TEXTS = st.text(max_size=4)


@given(rows=st.lists(st.tuples(st.sampled_from(("vendor", "flow")), _TEXTS, _TEXTS)), most=st.integers(0, 5))
def test_filed_labels_are_those_of_a_plain_dictionary(rows: list[tuple[str, str, str]], most: int) -> None:
    labels, plain = Labels(most), {}
    for kind, id, text in rows:
        labels.add(kind, id, text)
        plain[kind, id] = text
        assert labels[kind, id] == text

    assert dict(labels) == plain
    assert len(labels) == len(plain)
