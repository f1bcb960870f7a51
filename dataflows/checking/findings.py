"""What is found beside the items: one small function each, over the sentences and the checked items.

The words, severities, citations and cures are data (schemas/law/notice-check/findings.yaml).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.checking.cues import LANGUAGES, findings, group, items, laws
from dataflows.checking.judging import find_all
from dataflows.checking.names import find_strangers
from dataflows.checking.periods import longest_wait, not_the_complaint_time
from dataflows.checking.phrases import fold
from dataflows.checking.sentences import found, languages_of, without
from dataflows.law.documents import read_law

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dataflows.checking.judging import Made
    from dataflows.checking.sentences import Sentence

_MARKS = re.compile(
    r"\[(?!\d+\]|sic\]|PDF\]|x\]|[ ]\])[^\]\n]{2,70}\]|<<[^>]{2,40}>>|\{\{?[^}]{2,40}\}\}?|_{4,}"
    r"|(?i:\((?:insert|fill in|name of|school name|district name|insertar|nombre d)[^)]{0,50}\))"
    r"|\b(?:INSERT|XXXX+|TBD|LOREM IPSUM)\b|(?i:<(?:insert|name|school|district|address)[^>]{0,40}>)"
)
_CROSS_REFERENCE = re.compile(r"\b(?:see|under|in|vea)\s*\[", re.IGNORECASE)
_NOTES = (
    *("the parent ", "the student ", "the child ", "el padre ", "el estudiante "),
    *("revised ", "adopted ", "updated ", "effective ", "page ", "form ", "revisado ", "pagina "),
)
"""So begins a remark in brackets: who is meant in a quotation, or the text's own dates; a blank names what goes in."""
_NAMES = {"en": "English", "es": "Spanish"}
_GOES_ON = 5
"""Over so many sentences at most, what is said of a time is about the records that were named."""
_AROUND_A_BLANK = 10
"""A blank is one to be filled in by a family where so near by the text says that it is a form."""
_LONGEST_LABEL = 16
"""A line of a form has at most so many words beside its blanks."""
_FEWEST_SENTENCES = 4
"""A text has a second language from so many sentences on, and if so many items are stated in it."""
_FEWEST_ITEMS = 2
_ZIP = re.compile(r"\b20202(?:\s?[-–]\s?(\d{4}))?\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFinding:
    """Something that is wrong or worth knowing beside the items."""

    code: str
    name: str
    severity: str
    citation: str
    certain: bool
    message: str
    cure: str
    evidence: str | None
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the finders look at: all sentences, and the statements made by item."""

    sentences: Sequence[Sentence]
    made: Mapping[str, Mapping[str, Made | None]]
    untagged: bool = False
    """It is a PDF without tags."""
    unserved: tuple[str, ...] = ()
    """Tags of languages spoken at home that no other notice of the year serves."""

    def is_present(self, item: str) -> bool:
        """Tell whether all statements of an item are made."""
        return all(made is not None for made in self.made[item].values())

    @property
    def states_rights(self) -> bool:
        """Whether the text tells of any right at all."""
        return any(self.is_present(item) for item in self.made if "(a)(2)" in item)


Hit = tuple["Sentence | None", dict[str, str]]


def find_findings(read: Read) -> tuple[NoticeFinding, ...]:
    """Return everything that is found, in the order of the codes and of the text."""
    return tuple(_finding(code, sentence, facts) for code, finder in _FINDERS for sentence, facts in finder(read))


def _finding(code: str, sentence: Sentence | None, facts: Mapping[str, str]) -> NoticeFinding:
    cues = findings()[code]
    return NoticeFinding(
        code=code,
        name=cues.name,
        severity=cues.severity,
        citation=cues.citation,
        certain=cues.certain,
        message=cues.says.format_map(facts),
        cure=cues.cure,
        evidence=sentence.text if sentence else None,
        place=sentence.block.place if sentence else "",
    )


def _pointers(read: Read) -> Iterator[Hit]:
    """An absent procedure or criterion whose place a pointer takes, in a text that tells of rights."""
    if not read.states_rights:
        return
    what = read_law("notice-check/findings")["pointers"]
    topics = {"99.7(a)(3)(i)": "inspect", "99.7(a)(3)(ii)": "amend"}
    for item, words in what.items():
        if read.is_present(item):
            continue
        for sentence in read.sentences:
            about = (
                _is_about(topics[item], sentence, read.sentences)
                if item in topics
                else found("interest", sentence.folded) or found("official-is", sentence.folded)
            )
            if about and found("pointer", without("no-pointer", sentence.folded)):
                yield sentence, {"what": words}
                break


def _is_about(topic: str, sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Tell whether a sentence is about a topic, or stands in one paragraph right after one that is."""
    before = sentences[sentence.number - 1] if sentence.number else sentence
    return topic in sentence.topics or (before.block is sentence.block and topic in before.topics)


def _outsiders(read: Read) -> Iterator[Hit]:
    made = read.made["99.7(a)(3)(iii)"].get("school-official")
    if made is None:
        return
    last = made.sentences[-1].number
    around = [*made.sentences, *read.sentences[last + 1 : last + 4]]
    around += [sentence for sentence in read.sentences if found("official-is", sentence.folded)]
    if not any(found("outsider", sentence.folded) for sentence in around):
        yield made.sentences[0], {}


def _slow_access(read: Read) -> Iterator[Hit]:
    for sentence in read.sentences:
        about = "inspect" in sentence.topics and _names_records(sentence, read.sentences)
        if about and not found("kept-for", sentence.folded):
            period = longest_wait(sentence.folded)
            if period:
                yield sentence, {"period": period}


def _names_records(sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Tell whether a sentence names records, or goes on about those that one before it is about seeing.

    It goes on within the paragraph; and in the next one where it is about a request or access.
    """
    if found("records", sentence.folded):
        return True
    is_about_access = found("a-request", sentence.folded) or found("about-inspecting", sentence.folded)
    for before in reversed(sentences[max(0, sentence.number - _GOES_ON) : sentence.number]):
        if "inspect" not in before.topics or found("kept-for", before.folded):
            return False
        if before.block is not sentence.block and not is_about_access:
            return False
        if found("records", before.folded):
            return found("about-inspecting", before.folded)
    return False


def _search_fee(read: Read) -> Iterator[Hit]:
    for sentence in read.sentences:
        about_records = sentence.near_records or found("records", sentence.folded) or "inspect" in sentence.topics
        if about_records and found("search-fee", sentence.folded) and not found("no-search-fee", sentence.folded):
            yield sentence, {}


def _former_office(read: Read) -> Iterator[Hit]:
    for sentence in read.sentences:
        for language in LANGUAGES:
            if group("former-office", language).search(sentence.folded):
                yield sentence, {"office": "Family Policy Compliance Office"}
                return


def _former_address(read: Read) -> Iterator[Hit]:
    """One finding for an address, whatever is old in it; the Department's other offices have addresses of their own."""
    faults: dict[str, str] = {}
    first = None
    for sentence in read.sentences:
        around = "".join(other.folded for other in read.sentences[max(0, sentence.number - 4) : sentence.number + 2])
        if found("other-offices", around) and not found("former-office", around):
            continue
        for address, verdict in _old_addresses(sentence):
            first = first or sentence
            faults.setdefault(address, verdict)
    if first is not None:
        yield first, {"address": " and ".join(faults), "verdict": " ".join(faults.values())}


def _old_addresses(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Yield what in a sentence is no address for complaints now, and what is known of it."""
    seen = {str(row["zip"]): row for row in read_law("complaint-contacts")["seen"]}
    for match in _ZIP.finditer(sentence.text):
        code = f"20202-{match[1]}" if match[1] else "20202"
        if code not in seen:
            yield code, "The code is none of those by which complaints were ever sent."
        elif seen[code]["verdict"] in ("old", "other-room"):
            yield code, seen[code]["says"]
    if "600 independence" in sentence.folded:
        yield "600 Independence Avenue", "The office left it in the 2000s."


def _complaint_time(read: Read) -> Iterator[Hit]:
    made = read.made["99.7(a)(2)(iv)"].get("right")
    if made is None:
        return
    start = made.sentences[0].number
    for sentence in read.sentences[start : made.sentences[-1].number + 4]:
        if sentence.number > start and not found("complaint", sentence.folded) and "complaint" not in sentence.folded:
            continue
        if sentence.laws and "ferpa" not in sentence.laws:
            return
        if period := not_the_complaint_time(sentence.folded):
            yield sentence, {"period": period}


def _no_transfer(read: Read) -> Iterator[Hit]:
    if read.states_rights and not any(found("transfer", sentence.folded) for sentence in read.sentences):
        yield None, {}


def _no_eligible(read: Read) -> Iterator[Hit]:
    named = any(found("eligible", sentence.folded) for sentence in read.sentences)
    if not named and any(found("parents", text) for text in _texts_of_rights(read)):
        yield None, {}


def _texts_of_rights(read: Read) -> Iterator[str]:
    """Yield the sentences that state rights, and those that announced them: they say to whom."""
    for item, statements in read.made.items():
        for made in statements.values() if "(a)(2)" in item else ():
            for sentence in made.sentences if made else ():
                yield sentence.folded + (sentence.lead.folded if sentence.lead else "")


def _half_amendment(read: Read) -> Iterator[Hit]:
    made = read.made["99.7(a)(2)(ii)"].get("right")
    if made is None:
        return
    about = [*made.sentences, *(s for s in read.sentences if "amend" in s.topics)]
    grounds = read_law("notice-check/findings")["grounds"]
    named = [word for id, word in grounds.items() if any(found(id, sentence.folded) for sentence in about)]
    left = [word for word in grounds.values() if word not in named]
    if left:
        yield made.sentences[0], {"named": " and ".join(named) or "no ground", "left": " and ".join(left)}


def _placeholders(read: Read) -> Iterator[Hit]:
    told: set[str] = set()
    for sentence in read.sentences:
        for match in _MARKS.finditer(sentence.text):
            if (
                match[0] in told
                or _is_no_blank(match[0], sentence)
                or _is_of_a_form(match[0], sentence, read.sentences)
            ):
                continue
            told.add(match[0])
            yield sentence, {"blank": match[0] if match[0].strip("_") else "____"}


def _is_no_blank(mark: str, sentence: Sentence) -> bool:
    """Tell whether a mark is a link, a law's name in another language, an arrow, or a reference to another place."""
    folded = fold(mark)
    if "webaddress" in folded or not folded.strip():
        return mark[0] != "_"
    if folded.startswith(_NOTES):
        return True
    if any(names.search(folded) for language in LANGUAGES for _, names in laws(language)):
        return True
    is_arrow = mark.startswith("<<") and ("<<<" in sentence.text or ">>>" in sentence.text)
    return is_arrow or (mark[0] == "[" and _CROSS_REFERENCE.search(sentence.text) is not None)


def _is_of_a_form(mark: str, sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Tell whether a blank is a line that a family fills in, such as the student's name on a form to be torn off."""
    if mark.strip("_"):
        return False
    spoken = sentence.folded.split()
    if len(spoken) > _LONGEST_LABEL and spoken[0] not in ("i", "yo", "we"):
        return False
    around = sentences[max(0, sentence.number - _AROUND_A_BLANK) : sentence.number + _AROUND_A_BLANK + 1]
    return any(found("form-to-fill", other.folded) for other in around)


def _strangers(read: Read) -> Iterator[Hit]:
    for other, own, sentence in find_strangers(read.sentences):
        yield sentence, {"other": other, "own": own}


def _ordered(read: Read) -> Iterator[Hit]:
    if read.states_rights:
        return
    for sentence in read.sentences:
        if (
            "ferpa" in sentence.laws
            and found("orders", sentence.folded)
            and found("a-right", sentence.folded)
            and not found("to-the-reader", sentence.folded)
        ):
            yield sentence, {}
            return


def _language(read: Read) -> Iterator[Hit]:
    words = [word for sentence in read.sentences for word in sentence.folded.split()]
    common = read_law("notice-check/findings")["common"]
    shares = [sum(word in listed for word in words) / max(1, len(words)) for listed in map(frozenset, common.values())]
    letters = sum(map(str.isalpha, "".join(sentence.text for sentence in read.sentences)))
    if letters > 200 and max(shares) < 0.03:
        yield None, {}


def _unserved(read: Read) -> Iterator[Hit]:
    for tag in read.unserved if read.states_rights else ():
        language = tag.partition("-")[0]
        if language not in LANGUAGES or not _stated_in(language, read):
            yield None, {"language": tag}


def _untagged(read: Read) -> Iterator[Hit]:
    if read.untagged and read.states_rights:
        yield None, {}


def _lacking_languages(read: Read) -> Iterator[Hit]:
    """What one of two languages states and the other does not; a few words in a second language are no second text."""
    alone = Counter(spoken for sentence in read.sentences if len(spoken := languages_of(sentence.folded)) == 1)
    if any(alone[(language,)] < _FEWEST_SENTENCES for language in LANGUAGES):
        return
    stated = {language: _stated_in(language, read) for language in LANGUAGES}
    if any(len(ids) < _FEWEST_ITEMS for ids in stated.values()):
        return
    whole = set().union(*stated.values())
    for language, ids in stated.items():
        if lacking := sorted(whole - ids):
            yield None, {"language": _NAMES[language], "items": ", ".join(lacking)}


def _stated_in(language: str, read: Read) -> set[str]:
    """Return the items that are stated in a language."""
    return {
        cues.id
        for cues in items()
        if read.is_present(cues.id)
        and all(any(made.language == language for made in find_all(entry, read.sentences)) for entry in cues.statements)
    }


_FINDERS: tuple[tuple[str, Callable[[Read], Iterator[Hit]]], ...] = (
    ("NOT-010", _pointers),
    ("NOT-011", _outsiders),
    ("NOT-012", _slow_access),
    ("NOT-013", _search_fee),
    ("NOT-014", _former_office),
    ("NOT-015", _former_address),
    ("NOT-016", _complaint_time),
    ("NOT-017", _unserved),
    ("NOT-018", _untagged),
    ("NOT-019", _no_transfer),
    ("NOT-020", _no_eligible),
    ("NOT-021", _half_amendment),
    ("NOT-031", _placeholders),
    ("NOT-032", _strangers),
    ("NOT-033", _ordered),
    ("NOT-034", _language),
    ("NOT-035", _lacking_languages),
)
