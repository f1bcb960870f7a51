"""Finds the statements of an item in the sentences of a notice, by the cues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dataflows.checking.cues import LANGUAGES, group, lines_of
from dataflows.checking.sentences import found, languages_of, without
from dataflows.sources.document_blocks import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dataflows.checking.cues import Clause, StatementCues, Way
    from dataflows.checking.sentences import Sentence

LONGEST_TOPIC = 14
"""A passage about one topic has at most so many sentences before it is taken in parts."""

LONGEST_LINE = 14
"""A title has at most so many words."""
CLOSE_BEHIND = 40
"""The text under a title, and its procedures, is at most so many sentences long."""


@dataclass(frozen=True, slots=True)
class Made:
    """A statement that is made, the sentences that make it, and in which language."""

    statement: str
    sentences: tuple[Sentence, ...]
    language: str


def find_statement(cues: StatementCues, sentences: Sequence[Sentence], law: str | None = None) -> Made | None:
    """Return where a statement is made first, or None; with `law`, only in what is about that law.

    A title says it in brief, so the first whole sentence close behind it is taken in its place, if there is one.
    """
    first: Made | None = None
    for made in find_all(cues, sentences, law):
        if first is not None and made.sentences[0].number - first.sentences[0].number > CLOSE_BEHIND:
            return first
        if first is None:
            first = made
            if not _is_title(made):
                return first
        elif _is_whole(made):
            return made
    return first


def _is_title(made: Made) -> bool:
    """Tell whether one line of few words makes a statement, with no sign of a sentence's end."""
    [sentence, *others] = made.sentences
    return not others and len(sentence.text.split()) <= LONGEST_LINE and sentence.text[-1:] not in '.;:!)”"'


def _is_whole(made: Made) -> bool:
    """Tell whether a sentence of the text makes a statement, rather than another line or item of a list."""
    sentence = made.sentences[0]
    return not sentence.is_item and sentence.text.endswith(".")


def find_all(cues: StatementCues, sentences: Sequence[Sentence], law: str | None = None) -> Iterator[Made]:
    """Yield each place in which a statement is made, in the order of the text; `sentences` are all of it."""
    for passage in _passages(cues, sentences, law):
        spoken = {language for sentence in passage for language in languages_of(sentence.folded)}
        for language in sorted(spoken):
            texts = [_usable_text(sentence, cues, language) for sentence in passage]
            for way in cues.ways:
                if made := _made_in(way, cues, passage, texts, language):
                    extra = _near(way, passage, sentences, language)
                    if extra is not None:
                        yield Made(cues.id, tuple(sorted({*made, *extra}, key=lambda s: s.number)), language)


def _passages(cues: StatementCues, sentences: Sequence[Sentence], law: str | None) -> Iterator[tuple[Sentence, ...]]:
    usable = [s for s in _counted(cues, sentences) if law is None or law in s.laws]
    if cues.passage == "sentence":
        yield from ((sentence,) for sentence in usable)
    elif cues.passage == "list":
        # A heading alone defines nothing where the sentence below it does.
        for sentence in sorted(usable, key=lambda s: s.block.kind is BlockKind.HEADING):
            yield tuple(_with_list(sentence, sentences))
    else:
        yield from _topic_runs(usable, cues.topic or "")


def _counted(cues: StatementCues, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences that may make a statement."""
    before: Sentence | None = None
    for sentence in sentences:
        goes_on = cues.topic is not None and before is not None and _goes_on(sentence, before)
        if _may_count(cues, sentence, goes_on=goes_on):
            before = sentence
            yield sentence


def _goes_on(sentence: Sentence, before: Sentence) -> bool:
    """Tell whether a sentence goes on about what the one before was about, and so about the same law."""
    follows = sentence.number == before.number + 1 and not sentence.names_law
    return follows and bool(sentence.topics & before.topics)


def _may_count(cues: StatementCues, sentence: Sentence, *, goes_on: bool) -> bool:
    if sentence.block.kind is BlockKind.HEADING and cues.passage != "list":
        return False
    if sentence.text.endswith("?") and cues.passage != "list":
        return False  # a question states nothing, and its answer may be a list
    if sentence.in_summary and not (cues.brief and found(cues.brief, sentence.folded)):
        return False  # a summary names what the text states, and is no statement where the text lacks it
    if cues.law and not goes_on and _is_of_another_law(sentence, cues.law):
        return False
    return not any(_is_ruled_out(name, cues, sentence) for name in cues.never)


def _is_of_another_law(sentence: Sentence, how: str) -> bool:
    """Tell whether a sentence is about another law than FERPA.

    Where it only follows a sentence about one (`loose`), education records by that name are FERPA's.
    """
    if not sentence.laws or "ferpa" in sentence.laws:
        return False
    return how == "strict" or sentence.names_law or not found("education-records", sentence.folded)


def _is_ruled_out(name: str, cues: StatementCues, sentence: Sentence) -> bool:
    if name == "orders":
        return _orders(sentence)
    if not found(name, sentence.folded):
        return False
    return not any(found(other, sentence.folded) for other in cues.unless)


def _orders(sentence: Sentence) -> bool:
    """Tell whether a sentence, or the words that opened its list, order somebody to say what it says."""
    starts = found("starts-like-a-right", sentence.folded)
    listed = sentence.lead is not None and (
        starts or (sentence.is_item and found("goes-on-in-a-list", sentence.folded))
    )
    texts = [
        sentence.folded,
        sentence.label,
        sentence.opening,
        *([sentence.lead.folded] if sentence.lead and listed else []),
    ]
    texts = [without("of-this-text", text) for text in texts if text]
    return any(found("orders", text) and not found("to-the-reader", text) for text in texts)


def _with_list(sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield a sentence and the list after it, or the paragraph under a heading."""
    yield sentence
    is_label = sentence.block.kind is BlockKind.HEADING or len(sentence.folded.split()) <= 4
    is_label = is_label or sentence.text.endswith("?")
    opens = sentence.text.endswith((":", ";"))
    for number, other in enumerate(sentences[sentence.number + 1 : sentence.number + 13]):
        is_line = opens and len(other.folded.split()) <= 12
        goes_on = other.is_item or is_line or (is_label and number < 3) or (opens and number == 0)
        if not goes_on or (other.block.kind is BlockKind.HEADING and not (other.is_item or is_line)):
            return
        yield other


def _topic_runs(sentences: Sequence[Sentence], topic: str) -> Iterator[tuple[Sentence, ...]]:
    run: list[Sentence] = []
    for sentence in sentences:
        if topic not in sentence.topics:
            continue
        if run and (sentence.number - run[-1].number > 2 or len(run) == LONGEST_TOPIC):
            yield tuple(run)
            run = []
        run.append(sentence)
    if run:
        yield tuple(run)


def _made_in(
    way: Way, cues: StatementCues, passage: Sequence[Sentence], whole: Sequence[str], language: str
) -> list[Sentence] | None:
    if not _is_open_to(way, passage):
        return None
    texts = [_without_all(way.cut, text, language) for text in whole]
    if way.heading:
        texts[0] = f"{passage[0].heading}{passage[0].label}{texts[0]}"
    candidates = range(1) if cues.passage == "list" else range(len(passage))
    spoken = LANGUAGES if cues.heading else (language,)
    places = _places_of(way.clauses, texts, candidates, spoken)
    if places is None or (way.lead and not all(_takes_right(passage[place], way.announced) for place in places)):
        return None
    if way.ferpa and not any(_is_of_records(passage[place]) for place in places):
        return None
    if way.any:
        steps = [n for n, text in enumerate(texts) if any(group(name, language).search(text) for name in way.any)]
        if not steps:
            return None
        nearest = min(steps, key=lambda n: (abs(n - places[0]), n < places[0]))
        places += [nearest, *_steps_after(places[0], steps)]
    if way.least is not None:
        return _with_least(way.least, passage, texts, language)
    return [passage[place] for place in places]


def _is_open_to(way: Way, passage: Sequence[Sentence]) -> bool:
    """Tell whether a way may be taken at all, before its phrases are looked for."""
    if way.lead and all(sentence.lead is None for sentence in passage):
        return False
    return not way.ferpa or any(map(_is_of_records, passage))


def _is_of_records(sentence: Sentence) -> bool:
    """Tell whether a sentence is about FERPA, or about no law and close behind words on education records."""
    return "ferpa" in sentence.laws or (not sentence.laws and sentence.near_records)


def _steps_after(place: int, steps: Sequence[int]) -> Iterator[int]:
    """Yield the steps that follow each other right after a place, three at most: what happens next."""
    for number in range(place + 1, place + 4):
        if number not in steps:
            return
        yield number


def _takes_right(sentence: Sentence, announced: str | None) -> bool:
    """Tell whether the sentence that announced an item announces rights, and does not order that they be told."""
    lead = sentence.lead
    if lead is None or _orders(lead) or found("how-to", sentence.folded):
        return False
    return announced is None or found(announced, lead.folded)


def _places_of(
    clauses: Sequence[Clause], texts: Sequence[str], candidates: Sequence[int], languages: Sequence[str]
) -> list[int] | None:
    """Return which text meets each clause: one that meets all of them, else the first for each."""
    meeting = [[n for n in candidates if _meets(clause, texts[n], languages)] for clause in clauses]
    if not all(meeting):
        return None
    shared = [n for n in meeting[0] if all(n in places for places in meeting)]
    return [shared[0]] if shared else [places[0] for places in meeting]


def _usable_text(sentence: Sentence, cues: StatementCues, language: str) -> str:
    text = sentence.folded
    if cues.heading and len(text.split()) < 60:
        text = f"{sentence.heading}{sentence.label}{text}"
    return _without_all(cues.cut, text, language)


def _without_all(names: Sequence[str], text: str, language: str) -> str:
    """Return a text without what the phrases of some groups find in it."""
    for name in names:
        text = group(name, language).sub("", text)
    return text


def _meets(clause: Clause, text: str, languages: Sequence[str]) -> bool:
    """Tell whether a text has a phrase of each group, within so many words; a heading may be in another language."""
    spans = []
    for name in clause.groups:
        places = [
            (match.start(), match.end()) for language in languages for match in group(name, language).finditer(text)
        ]
        if not places:
            return False
        spans.append(places)
    return clause.within is None or _closest(text, spans) <= clause.within


def _closest(text: str, spans: Sequence[Sequence[tuple[int, int]]]) -> int:
    """Return in how few words of a text one span of each group lies."""
    best = len(text.split())
    for first, last in spans[0]:
        start, end = first, last
        for places in spans[1:]:
            near = min(places, key=lambda place: max(end, place[1]) - min(start, place[0]))
            start, end = min(start, near[0]), max(end, near[1])
        best = min(best, text[start:end].count(" "))
    return best


def _with_least(
    least: tuple[str, int, int], passage: Sequence[Sentence], texts: Sequence[str], language: str
) -> list[Sentence] | None:
    """Return the sentences of a definition that names so many kinds, counted from its beginning on."""
    name, number, within = least
    start = group("official-is", language).search(texts[0])
    offset = start.start() if start else 0
    whole = [texts[0][offset:], *texts[1:]]
    kinds: set[str] = set()
    used: list[Sentence] = []
    words = 0
    for sentence, text in zip(passage, whole, strict=True):
        left = " ".join(text.split()[: max(0, within - words)]) + " "
        kinds |= set(_kinds(name, left, language))
        used.append(sentence)
        words += len(text.split())
        if words >= within:
            break
    return used if len(kinds) >= number else None


def _kinds(name: str, text: str, language: str) -> Iterator[str]:
    """Yield what a text names, each kind once: a kind is one line of the group."""
    for number, pattern in enumerate(lines_of(name, language)):
        if pattern.search(text):
            yield f"{name}-{number}"


def _near(
    way: Way, passage: Sequence[Sentence], sentences: Sequence[Sentence], language: str
) -> tuple[Sentence, ...] | None:
    """Return the sentences near by that a way needs, none where it needs none; None where they are absent."""
    if way.near is None:
        return ()
    name, number = way.near.group, way.near.sentences
    before = passage[-1]
    if found("complaint-to-others", before.folded):
        return None
    opens = way.near.plain or before.text.rstrip().endswith(":")
    for other in sentences[before.number + 1 : before.number + 1 + number]:
        if other.names_law and "ferpa" not in other.laws:
            return None
        opens = opens or found("address-follows", other.folded)
        text = group("other-offices", language).sub("", other.folded)
        if opens and group(name, language).search(text):
            return tuple(sentences[before.number + 1 : other.number + 1])
        if not opens or found("complaint-to-others", other.folded):
            return None
    return None
