"""The language of the cues, and that every cue is well made."""

from __future__ import annotations

import pytest

from dataflows.checking import cues
from dataflows.checking.phrases import compile_phrases, fold
from dataflows.checking.sentences import split_sentences
from dataflows.law.documents import read_law


def matches(phrase: str, text: str, **parts: str) -> bool:
    return compile_phrases([phrase], parts).search(fold(text)) is not None


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The student’s record(s)", "the students records "),
        ("U.S. Department; United States", "usa department usa "),
        ("Año Escolar, EE. UU.", "ano escolar eeuu "),
        ("eligi- ble and pre- and post", "eligible and pre and post "),
        ("write to a.b@example.org or www.example.org/x", "write to mailaddress or webaddress "),
        ("ﬁle a complaint", "file a complaint "),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_torn_word_is_put_together_where_it_is_known() -> None:
    assert fold("your re - cords - and more", frozenset({"records"})) == "your records and more "


@pytest.mark.parametrize(
    ("phrase", "text", "is_found"),
    [
        ("right to (inspect|look at)", "the right to look at it", True),
        ("inspect*", "inspection of records", True),
        ("inspect", "inspection of records", False),
        ("right|rights ...2 review", "a right to see and review", False),
        ("right|rights ...3 review", "a right to see and review", True),
        ("(the)? record", "record", True),
        ("^the record", "of the record", False),
        ("record$", "the record", True),
        ("{see} record", "review record", True),
    ],
)
def test_a_phrase_means_what_it_says(phrase: str, text: str, is_found: bool) -> None:
    assert matches(phrase, text, see="see|review") is is_found


@pytest.mark.parametrize("phrase", ["{nothing} here", "a (b c", "a [b", "a+b"])
def test_a_phrase_that_is_badly_made_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"not defined|badly made|is no word"):
        compile_phrases([phrase], {})


def test_every_group_that_is_named_is_there() -> None:
    statements = [entry for item in cues.items() for entry in item.statements]
    statements += [entry for notice in cues.other_notices() for item in notice.items for entry in item.statements]
    named = {name for entry in statements for name in (*entry.cut, *entry.never, *entry.unless)}
    named |= {entry.brief for entry in statements if entry.brief}
    for way in [way for entry in statements for way in entry.ways]:
        named |= {name for clause in way.clauses for name in clause.groups} | set(way.any)
        named |= {way.near.group} if way.near else set()
        named |= {way.least[0]} if way.least else set()
    for name in named:
        for language in cues.LANGUAGES:
            assert cues.group(name, language)


def test_every_group_is_well_made_and_of_no_empty_match() -> None:
    files = (("words", "groups"), ("findings", "words"), ("other-notices", "words"))
    names = [row["id"] for file, key in files for row in read_law(f"notice-check/{file}")[key]]

    assert len(names) == len(set(names))
    for name in names:
        for language in cues.LANGUAGES:
            assert cues.group(name, language).search("") is None, name


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("See Dr. Lee at the U.S. office. Then go.", ["See Dr. Lee at the U.S. office.", "Then go."]),
        ("These are: (1) To see; (2) To ask.", ["These are:", "(1) To see;", "(2) To ask."]),
        ("the records. 2. The right to ask", ["the records.", "2. The right to ask"]),
        ("all records • Ask for a change", ["all records", "• Ask for a change"]),
        ("or misleading.A student may ask", ["or misleading.", "A student may ask"]),
        ("you wish to see.2.The right to ask", ["you wish to see.", "2.The right to ask"]),
    ],
)
def test_lists_that_ran_together_are_taken_apart(text: str, pieces: list[str]) -> None:
    assert split_sentences(text) == pieces
