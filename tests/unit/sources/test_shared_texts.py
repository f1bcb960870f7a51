"""The texts that cells share: few as a list, many from a temporary file, and both alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.sources.shared_texts import keep_texts


@given(
    texts=st.lists(st.text(max_size=5), max_size=200), most=st.integers(0, 250), order=st.randoms(use_true_random=False)
)
def test_each_text_is_had_by_its_number_in_any_order(texts: list[str], most: int, order) -> None:
    kept = keep_texts(iter(texts), most)
    numbers = list(range(-len(texts), len(texts)))
    order.shuffle(numbers)

    assert [kept[number] for number in numbers] == [texts[number] for number in numbers]
    assert len(kept) == len(texts)
    assert list(kept) == texts
    assert list(kept[1:-1]) == texts[1:-1]


@pytest.mark.parametrize("most", [1, 1_000])
@pytest.mark.parametrize("number", [300, -301])
def test_a_number_without_a_text_is_refused(most: int, number: int) -> None:
    with pytest.raises(IndexError):
        keep_texts(map(str, range(300)), most)[number]


def test_few_texts_open_no_file() -> None:
    assert isinstance(keep_texts(["Zoom", "IXL"]), list)
    assert not isinstance(keep_texts(map(str, range(3)), most=2), list)
