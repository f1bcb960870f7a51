"""A document's text as sentences, each with what it takes from those around it.

An item of a list takes its "right" from the sentence that announces the list, a sentence without
the name of a law is about the law that was named last, and "he will tell you the time and place"
goes on about what the sentence before was about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dataflows.checking.cues import LANGUAGES, common_words, group, laws, vocabulary
from dataflows.checking.phrases import fold
from dataflows.sources.document_blocks import BlockKind
from dataflows.sources.plain_text import without_marker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dataflows.sources.document_blocks import Block, DocumentText

LONGEST_TITLE = 9
"""A line of its own, or the first words of a paragraph up to a full stop, is a title with at most so many words."""
TITLE_HOLDS = 2
"""For so many sentences a title of that kind stands over the text."""
LONGEST_LIST = 60
"""An announcement of rights holds for so many sentences; a list with its procedures is shorter."""
NEAR = 4
"""So many sentences further on a text is still about the records that it named."""
_SHORT_NAMES = (
    r"\b(?:[A-Z]|[A-Z]\.[A-Z]|No|Co|C\.F\.R|P\.O"
    r"|(?i:Nos|Sec|Dr|Mrs?|Ms|St|Inc|Art|Fed|Reg|Rev|Stat|Ave|Jr|vs?|e\.g|i\.e|cf|Dept|Univ|Ud|Uds|EE|UU|Sra?|Núm|pág))\.$"
)
_ABBREVIATED = re.compile(_SHORT_NAMES)
_NUMBER_ALONE = re.compile(r"(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)]\s*)+")
_BREAK = re.compile(
    r"(?<=[.!?])[\"”’)\]]*\s+(?=(?:[-–]\s+)?[\"“‘'(\[¿¡•§]*[A-ZÁÉÍÓÚÑ0-9])"
    r"|;\s+"
    r"|\s+(?=[•●▪▫◦■□➢➤►‣∙\uf0b7\uf0a7])"
    r"|(?<=[.;:,)])\s+(?=(?:\(?(?:\d{1,2}|[ivx]{1,4})[.)]|\([a-zA-Z]\)|[a-hA-H]\))\s*[\"“]?[A-Za-zÁÉÍÓÚ])"
    r"|\s+(?=\(?\d{1,2}[.)]\s+(?:The|A|To|El|La|Right|Derecho|You|Parents|Students)\b)"
    r"|\s+(?=\d{1,2}\s+[-–]\s+(?:[Tt]o|[Tt]he|[Rr]ight|[Ee]l|[Aa])\b)"
    r"|(?<=:)\s*(?=[-–]\s*[A-ZÁÉÍÓÚ])"
    r"|\s+(?=[-–]\s+(?:The right|Right to|To (?:inspect|review|request|seek|file|consent|have)|(?:El )?[Dd]erecho)\b)"
    r"|(?<=[a-z)][.:])(?=[A-Z][a-z]* [a-z])"
    r"|(?<=[A-Za-z)][.:;])(?=\d{1,2}[.)]\s?[A-Z][A-Za-z])"
)
_ENUMERATED = re.compile(
    r"^\s*(?:[-*+•●▪▫◦■□➢➤►‣∙·–—\uf0b7\uf0a7]|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})[.)]|\d{1,2}\s+[-–—]"
    r"|\[[ xX]?\])\s*(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as written and as folded, with what it takes from around it."""

    text: str
    folded: str
    block: Block
    number: int
    """Its place among all sentences, from 0."""
    is_item: bool = False
    """It is an item of a list, by its mark or its place."""
    heading: str = ""
    """The heading above it, folded."""
    label: str = ""
    """The words with a colon that opened the list in which it stands, or a title within the text, folded."""
    lead: Sentence | None = None
    """The sentence that announced the list of rights in which it may stand."""
    opening: str = ""
    """What began the sentence of which this is a part, where a list runs on in it with semicolons, folded."""
    laws: frozenset[str] = frozenset()
    """The laws it names; where it names none, those that were named last."""
    names_law: bool = False
    near_records: bool = False
    """It, its heading, or one of the few sentences before it names education records."""
    topics: frozenset[str] = frozenset()
    in_summary: bool = False
    """It stands in a summary, which repeats in brief what the text states."""


@dataclass(slots=True)
class _Flow:
    """What is carried from sentence to sentence."""

    heading: str = ""
    label: str = ""
    title: str = ""
    titled: int = 0
    """The number of the sentence that is the title."""
    records: int = -NEAR
    """The number of the last sentence that named education records."""
    lead: Sentence | None = None
    laws: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    before: Sentence | None = None
    done: list[Sentence] = field(default_factory=list)


def split_document(document: DocumentText) -> tuple[Sentence, ...]:
    """Return the sentences of a document in their order."""
    bare = [
        Sentence(text, fold(without_marker(text), vocabulary()), block, number, is_item=is_item)
        for number, (text, block, is_item) in enumerate(_pieces(list(_joined(document.blocks))))
    ]
    flow = _Flow()
    bare = [_with_question(sentence, bare[place - 1] if place else None) for place, sentence in enumerate(bare)]
    for place, sentence in enumerate(bare):
        following = bare[place + 1] if place + 1 < len(bare) else None
        _carry(flow, sentence, following)
    return tuple(_look_ahead(flow.done))


def _with_question(sentence: Sentence, before: Sentence | None) -> Sentence:
    """Return a sentence; an answer of yes, or of no to whether records are given out, has its question's words."""
    if before is None or not before.text.endswith("?") or not found("answers", sentence.folded):
        return sentence
    is_told = found("agrees", sentence.folded) or found("handed-out", before.folded)
    return replace(sentence, folded=f"{sentence.folded}{before.folded}") if is_told else sentence


def _look_ahead(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences; one that says how to ask before it is said for what takes the topic of the next."""
    for sentence in sentences:
        following = sentences[sentence.number + 1 : sentence.number + 2]
        is_open = (
            not sentence.topics
            and not found("about-something-else", sentence.folded)
            and sentence.block.kind is not BlockKind.HEADING
        )
        if is_open and following and following[0].topics and found("ask", sentence.folded):
            yield replace(sentence, topics=following[0].topics)
        else:
            yield sentence


@lru_cache(maxsize=65_536)
def found(name: str, folded: str) -> bool:
    """Tell whether a group's phrases are found, in any language that the sentence may be in."""
    return any(group(name, language).search(folded) for language in languages_of(folded))


@lru_cache(maxsize=65_536)
def languages_of(folded: str) -> tuple[str, ...]:
    """Return the languages in which a sentence may be: those of which it has a common word, else all."""
    seen = tuple(language for language in LANGUAGES if common_words(language).search(folded))
    return seen or LANGUAGES


@lru_cache(maxsize=16_384)
def without(name: str, folded: str) -> str:
    """Return a folded sentence without what a group's phrases find in it, in any language."""
    for language in LANGUAGES:
        folded = group(name, language).sub("", folded)
    return folded


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a block: lists that run together are taken apart, abbreviations are not."""
    pieces, start = [], 0
    for cut in _BREAK.finditer(text):
        before = text[start : cut.start()]
        if cut.start() == start or (cut[0][:1] != ";" and _is_open_ended(before)):
            continue
        end = cut.start() + (1 if cut[0][:1] == ";" else len(cut[0]) - len(cut[0].lstrip('"”’)]')))
        pieces.append(text[start:end].strip())
        start = cut.end()
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece]


def _is_open_ended(text: str) -> bool:
    """Tell whether a text can't end here: after an abbreviation, or the number of an item alone."""
    return _ABBREVIATED.search(text) is not None or _NUMBER_ALONE.fullmatch(text.strip()) is not None


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks; a paragraph that goes on within the sentence of the block before is put to it."""
    held: Block | None = None
    for block in blocks:
        if held is not None and _goes_on(held, block):
            held = replace(held, text=f"{held.text} {block.text}")
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _goes_on(before: Block, block: Block) -> bool:
    """Tell whether a paragraph is the rest of a sentence: small letters after no sign of an end."""
    is_text = before.kind is not BlockKind.HEADING and block.kind is BlockKind.PARAGRAPH
    return is_text and block.text[:1].islower() and before.text[-1:].isalpha() and _ENUMERATED.match(block.text) is None


def _pieces(blocks: Sequence[Block]) -> Iterator[tuple[str, Block, bool]]:
    for block in blocks:
        after_semicolon = False
        for number, text in enumerate(split_sentences(block.text)):
            marked = _ENUMERATED.match(text) is not None
            is_item = marked or (number == 0 and block.kind is BlockKind.ITEM) or after_semicolon
            yield text, block, is_item
            after_semicolon = text.endswith(";")


def _carry(flow: _Flow, sentence: Sentence, following: Sentence | None) -> None:
    """Give a sentence what it takes from before, and take from it what it gives on."""
    named = _laws_in(sentence.folded, "names")
    passing = _laws_in(sentence.folded, "passing")
    is_heading = sentence.block.kind is BlockKind.HEADING
    if is_heading:
        flow.heading, flow.label, flow.title = sentence.folded, "", ""
    if flow.lead is not None and _ends_list(flow.lead, sentence, named):
        flow.lead = None
    takes_lead = (
        flow.lead is not None and not is_heading and (sentence.is_item or found("starts-like-a-right", sentence.folded))
    )
    lead = flow.lead if takes_lead else None
    if found("education-records", sentence.folded) or found("records-of-a-child", sentence.folded):
        flow.records = sentence.number
    if sentence.number - flow.titled > TITLE_HOLDS:
        flow.title = ""
    held = named or (lead.laws if lead is not None else flow.laws)
    whole = replace(
        sentence,
        heading=flow.heading,
        label=flow.label or flow.title,
        lead=lead,
        opening=_opening(sentence, flow.before),
        laws=held or passing,
        names_law=bool(named),
        near_records=sentence.number - flow.records < NEAR,
        topics=_topics(sentence.folded, flow, is_heading=is_heading),
    )
    flow.laws = held if named or lead is None else flow.laws
    flow.topics = whole.topics
    _announce(flow, whole, following)
    _entitle(flow, sentence)
    flow.before = whole
    flow.done.append(whole)


def _opening(sentence: Sentence, before: Sentence | None) -> str:
    """Return what began the list of rights or contents that a sentence goes on with after a semicolon."""
    if before is None or before.block is not sentence.block or not before.text.endswith(";"):
        return ""
    return (before.opening or before.folded) if found("goes-on-in-a-list", sentence.folded) else ""


def _ends_list(lead: Sentence, sentence: Sentence, named: frozenset[str]) -> bool:
    """Tell whether a sentence ends the list that was announced: by another law, or since it is long past."""
    is_heading = sentence.block.kind is BlockKind.HEADING
    if is_heading and named and "ferpa" not in named:
        return True
    if not sentence.is_item and named and not named & lead.laws:
        return True
    return sentence.number - lead.number > LONGEST_LIST


def _entitle(flow: _Flow, sentence: Sentence) -> None:
    """Keep the words with a colon, or the title within the text, that stand over the next sentences."""
    is_heading = sentence.block.kind is BlockKind.HEADING
    if not is_heading and sentence.text.endswith(":"):
        flow.label = sentence.folded
    elif not sentence.is_item and not sentence.text.endswith(";"):
        flow.label = ""
    if not is_heading and _is_title(sentence, flow.before):
        flow.label, flow.title, flow.titled = "", sentence.folded, sentence.number


def _is_title(sentence: Sentence, before: Sentence | None) -> bool:
    """Tell whether a few words open a block, stand alone or ask, so that they name what comes after them."""
    opens_block = before is None or before.block is not sentence.block or sentence.text.endswith("?")
    return opens_block and len(sentence.folded.split()) <= LONGEST_TITLE and not sentence.text.endswith((":", ";"))


def _laws_in(folded: str, key: str) -> frozenset[str]:
    return frozenset(
        id for language in languages_of(folded) for id, names in laws(language, key) if names.search(folded)
    )


def _topics(folded: str, flow: _Flow, *, is_heading: bool) -> frozenset[str]:
    """Return what a sentence is about; one that names no topic goes on about the last."""
    amends, inspects = _amends(folded), _inspects(folded)
    if amends and inspects:
        return frozenset(("inspect", "amend")) if found("about-both", folded) else frozenset(("amend",))
    if amends:
        return frozenset(("amend",))
    if inspects:
        return frozenset(("inspect",))
    if is_heading or found("about-something-else", folded):
        return frozenset()
    return flow.topics


def _amends(folded: str) -> bool:
    """Tell whether a sentence is about changing a record, and not about the appeal of a grade alone."""
    if not found("about-amending", without("not-an-amendment", folded)):
        return False
    return not found("a-grade", folded) or found("amendable-record", folded)


def _inspects(folded: str) -> bool:
    """Tell whether a sentence is about seeing records, and not about seeing surveys or other things only."""
    if not found("about-inspecting", folded):
        return False
    return not found("other-records", folded) or found("records", without("other-records", folded))


def _leads_on(sentence: Sentence, following: Sentence | None) -> bool:
    """Tell whether a list follows: an item, or a line that begins like a right under a title."""
    if following is None:
        return False
    is_line = following.block is not sentence.block and len(sentence.folded.split()) <= LONGEST_TITLE + 4
    opening, _colon, rest = (fold(part) for part in sentence.text.rpartition(":"))
    if rest and found("rights-lead", opening) and found("starts-like-a-right", rest):
        return True
    return following.is_item or (is_line and found("starts-like-a-right", following.folded))


def _announced_before(before: Sentence) -> bool:
    """Tell whether a sentence announces rights for the few words after it, and doesn't only name a law of them."""
    return found("rights-lead", without("name-of-a-law", before.folded))


def _is_open_item(sentence: Sentence, following: Sentence | None) -> bool:
    """Tell whether an item of a list opens a list of its own: with a colon, or as the title of rights."""
    if sentence.text.rstrip().endswith(":"):
        return True
    is_title = len(sentence.folded.split()) <= LONGEST_TITLE and found("rights-title", sentence.folded)
    return is_title and following is not None and found("starts-like-a-right", following.folded)


def _announce(flow: _Flow, sentence: Sentence, following: Sentence | None) -> None:
    """Keep a sentence that announces rights as the lead of what follows."""
    opens = sentence.text.rstrip().endswith((":", ":-", "–", "—")) or _leads_on(sentence, following)
    if not opens or (sentence.is_item and not _is_open_item(sentence, following)):
        return
    opening = fold(sentence.text.rpartition(":")[0])
    if found("rights-lead", sentence.folded) or found("rights-lead", opening):
        flow.lead = sentence
    elif flow.before is not None and len(sentence.folded.split()) <= 8 and _announced_before(flow.before):
        flow.lead = replace(
            sentence, folded=flow.before.folded + sentence.folded, laws=flow.before.laws or sentence.laws
        )
