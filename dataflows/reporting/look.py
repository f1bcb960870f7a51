"""A district's own look: a folder whose files stand in place of ours, or beside them.

    letterhead.png           or letterhead.jpg: the picture at the head of every document
    style.css                what documents in HTML look like, after our own style sheet
    sentences.csv            single sentences in other words: language, sentence, instead
    notice/annual.md.j2      a template in place of ours; any of reports/notice, posting and shared
    portal.json, logo.png    the colour and the logo of the portal (portal/brand.py reads them)

Nothing in the folder is trusted: templates are sandboxed and counted, a style can fetch nothing.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from functools import cached_property
from gettext import NullTranslations
from typing import TYPE_CHECKING

from dataflows import assets
from dataflows.errors import DataflowsError
from dataflows.model.kinds import nearest
from dataflows.reporting.guarded import GuardedEnvironment
from dataflows.reporting.messages import file_of, find_language, known_sentences, languages, translations
from dataflows.reporting.pictures import NotAPictureError, read_picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from dataflows.reporting.environment import DocumentEnvironment
    from dataflows.reporting.pictures import Picture

STYLE = "style.css"
SENTENCES = "sentences.csv"
PORTAL = "portal.json"
LETTERHEAD = "letterhead"
"""What the picture is called in a document."""
LETTERHEADS = ("letterhead.png", "letterhead.jpg", "letterhead.jpeg")
LOGOS = ("logo.png", "logo.jpg", "logo.jpeg")
REPLACEABLE = ("notice/*.j2", "posting/*.j2", "shared/*.j2")
"""The templates in whose place a district's own may stand."""
MOST_BYTES = 1_000_000
"""How large one file of a look may be."""
_COLUMNS = ("language", "sentence", "instead")
_PLACES = re.compile(r"%\((\w+)\)s")
_FETCHING = re.compile(r"@import\b|\burl\s*\(|\bexpression\s*\(|</|<!--", re.IGNORECASE)


class LookError(DataflowsError):
    """A file of a district's look can't be used."""

    def __init__(self, place: Path, line: int | None, message: str) -> None:
        super().__init__(f"{place}{f':{line}' if line else ''}: {message}")


@dataclass(frozen=True)
class Look:
    """What a folder holds, checked."""

    folder: Path
    style: str = ""
    """Added to the style sheet of documents in HTML."""
    sentences: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Our sentence in a language, and what is said instead."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """What every document carries, by name: the letterhead, where there is one."""
    has_templates: bool = False

    @property
    def has_words(self) -> bool:
        """Tell whether a document may say something else than ours."""
        return self.has_templates or bool(self.sentences)

    @cached_property
    def _environments(self) -> dict[tuple[str, str], GuardedEnvironment]:
        return {}

    def said(self, language: str, file: str) -> NullTranslations:
        """Return the sentences of a document in a language of ours, with those that the district says otherwise."""
        return _Reworded(translations(language, file), language, self.sentences)

    def environment(self, template: str, language: str) -> DocumentEnvironment:
        """Return the templates of the look, ours where it has none, ready for one document."""
        found = find_language(language)
        key = (found.tag if found else "en", file_of(template))
        if key not in self._environments:
            said = self.said(*key)
            folders = (self.folder.resolve(), assets.folder("reports"))
            self._environments[key] = GuardedEnvironment(*folders, language=key[0], said=said)
        self._environments[key].start()
        return self._environments[key]


class _Reworded(NullTranslations):
    """The sentences of a language, some of them in a district's own words."""

    def __init__(self, said: NullTranslations, language: str, sentences: Mapping[tuple[str, str], str]) -> None:
        super().__init__()
        self._said, self._language, self._sentences = said, language, sentences

    def _instead(self, sentence: str) -> str:
        return self._sentences.get((self._language, sentence), sentence)

    def gettext(self, message: str) -> str:
        return self._instead(self._said.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._instead(self._said.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        return self._instead(self._said.pgettext(context, message))

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self._instead(self._said.npgettext(context, msgid1, msgid2, n))


def read_look(folder: Path) -> Look:
    """Return what a folder holds; raises LookError at the first thing that can't be used."""
    if not folder.is_dir():
        raise LookError(folder, None, "There is no such folder.")
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    known = {STYLE, SENTENCES, PORTAL, *LETTERHEADS, *LOGOS, *_replaceable()}
    for name, path in files.items():
        if name not in known and not name.rpartition("/")[2].startswith("."):
            similar = nearest(name, known)
            names = f"{LETTERHEADS[0]}, {STYLE}, {SENTENCES} and our templates' names"
            hint = f"Did you mean {similar}?" if similar else f"Known are {names}."
            raise LookError(path, None, f"This stands for nothing of ours. {hint}")
        if path.stat().st_size > MOST_BYTES:
            raise LookError(path, None, f"This is larger than {MOST_BYTES // 1_000_000} MB.")
    return Look(
        folder,
        style=_read_style(files[STYLE]) if STYLE in files else "",
        sentences=dict(_read_sentences(files[SENTENCES])) if SENTENCES in files else {},
        pictures=_read_letterhead([files[name] for name in LETTERHEADS if name in files]),
        has_templates=any(name.endswith(".j2") for name in files),
    )


def _read_letterhead(paths: Sequence[Path]) -> dict[str, Picture]:
    if len(paths) > 1:
        raise LookError(paths[1], None, f"There is {paths[0].name} too, and a letter has one head. Keep one of them.")
    from dataflows.typesetting import can_show  # heavy, and only a letterhead needs it

    found: dict[str, Picture] = {}
    for path in paths:
        content = path.read_bytes()
        try:
            found[LETTERHEAD] = read_picture(str(path), content)
        except NotAPictureError as fault:
            raise LookError(path, None, fault.said) from fault
        if not can_show(content):
            raise LookError(path, None, "The picture is damaged: the typesetter can't read it. Save it anew.")
    return found


def _replaceable() -> set[str]:
    return {name for pattern in REPLACEABLE for name in _templates(pattern)}


def _templates(pattern: str) -> Iterator[str]:
    """Yield our templates of a pattern; those of pages are no documents."""
    reports = assets.folder("reports")
    return (path.relative_to(reports).as_posix() for path in reports.glob(pattern) if ".html" not in path.name)


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise LookError(path, None, f"This is no text in UTF-8 (byte {fault.start}). Save it as UTF-8.") from fault


def _read_style(path: Path) -> str:
    text = _read_text(path)
    for number, line in enumerate(text.splitlines(), 1):
        if found := _FETCHING.search(line):
            raise LookError(path, number, f"{found.group()!r} may not stand here: a document fetches nothing.")
    return text


def _read_sentences(path: Path) -> Iterator[tuple[tuple[str, str], str]]:
    rows = csv.DictReader(io.StringIO(_read_text(path), newline=""), strict=True)
    try:
        missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise LookError(path, 1, f"The columns are {', '.join(_COLUMNS)}; {', '.join(missing)} is not there.")
        for row in rows:
            yield _sentence(path, rows.line_num, *(row[name] or "" for name in _COLUMNS))
    except csv.Error as fault:
        raise LookError(path, rows.line_num + 1, f"This is no CSV: {fault}.") from fault


def _sentence(path: Path, line: int, tag: str, sentence: str, instead: str) -> tuple[tuple[str, str], str]:
    language = find_language(tag)
    if language is None:
        raise LookError(path, line, f"{tag!r} is no language of ours. They are: {', '.join(languages())}.")
    known = known_sentences(language.tag)
    if sentence not in known:
        similar = nearest(sentence, known)
        hint = f" Did you mean {similar!r}?" if similar else ""
        raise LookError(path, line, f"No document says {sentence!r} in {language.tag}.{hint}")
    ours, theirs = set(_PLACES.findall(sentence)), set(_PLACES.findall(instead))
    if ours != theirs or "%" in _PLACES.sub("", instead.replace("%%", "")):
        places = ", ".join(f"%({name})s" for name in sorted(ours)) or "none"
        raise LookError(path, line, f"What is said instead has other places than the sentence, which has: {places}.")
    if not instead.strip():
        raise LookError(path, line, "What is said instead is empty. To leave a sentence out, replace the template.")
    return (language.tag, sentence), instead
