"""Brings the catalogs of sentences (reports/locale) up to the templates and the law's data, for translators.

    python -m docs.make_messages [FILE...]

A sentence of one document stands in that document's file, one of several in `shared`. New sentences are added
without a translation, changed ones are marked fuzzy, gone ones are left out. A fuzzy translation is never used
in a document, and a test fails until somebody has settled it. With FILEs, such as `annual`, only these are brought up.
"""

from __future__ import annotations

import io
import sys
from collections import defaultdict

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from dataflows import assets
from dataflows.law.bases import basis_groups, legal_bases
from dataflows.law.federal_notices import whole_federal_notices
from dataflows.law.state_law import known_states, whole_state_law
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.reporting.documents.checklist import FILE as CHECKLIST
from dataflows.reporting.documents.checklist import titled
from dataflows.reporting.documents.disposition import FILE as DISPOSITION
from dataflows.reporting.documents.disposition import TERMS
from dataflows.reporting.kinds import KINDS, POSTINGS
from dataflows.reporting.map_words import FILE as MAP
from dataflows.reporting.map_words import map_messages
from dataflows.reporting.messages import SHARED, catalog_files, catalog_path, file_of, languages
from dataflows.reporting.postings.naming import FILE as POSTING
from dataflows.reporting.postings.naming import element_context
from dataflows.reporting.telling import LAW

KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
INSIDE = ("incident/", "audit/", "notice-check/")
"""Templates of what only the district's staff reads: they are English."""
FAMILIES = "Says why something is allowed, in the words of families; it follows “This is allowed”."
GROUP = "The title of a paragraph of the law above several."


Said = tuple[str | tuple[str, ...], str | None]
"""A sentence: its English words, and the context that tells it from another with the same."""


def find_messages() -> dict[str, Catalog]:
    """Return every sentence that a family may read, with where it stands, by the file that has it."""
    places: dict[Said, list[str]] = defaultdict(list)
    reports = assets.folder("reports")
    found = extract_from_dir(str(reports), method_map=[("**.j2", "jinja2")], keywords=KEYWORDS, comment_tags=())
    for file, _, message, _, context in sorted(found, key=lambda row: (row[0], row[1])):
        place = file.replace("\\", "/")
        if not place.startswith(INSIDE):
            places[message, context].append(place)
    catalogs: dict[str, Catalog] = defaultdict(lambda: Catalog(project="dataflows", charset="utf-8", fuzzy=False))
    for (message, context), templates in places.items():
        locations = [(f"reports/{place}", 0) for place in templates]
        for file in _files_of({file_of(template) for template in templates}):
            catalogs[file].add(message, context=context, locations=locations)
    _add_law(catalogs[SHARED])
    _add_postings(catalogs[POSTING])
    _add_checklist(catalogs[CHECKLIST])
    _add_disposition(catalogs[DISPOSITION])
    for context, words, place in map_messages():
        catalogs[MAP].add(words, context=context, locations=[(place, 0)])
    return dict(catalogs)


def messages_for(tag: str) -> dict[str, Catalog]:
    """Return the sentences that a language needs for the documents in which it is offered."""
    language = languages()[tag]
    needed = {file: catalog for file, catalog in find_messages().items() if language.has(file)}
    if language.files is not None:
        shared = Catalog(project="dataflows", charset="utf-8", fuzzy=False)
        for message in needed[SHARED]:
            templates = [place.removeprefix("reports/") for place, _ in message.locations]
            if any(language.has(file_of(template)) for template in templates if template.endswith(".j2")):
                shared.add(message.id, context=message.context, locations=message.locations)
        needed[SHARED] = shared
    return needed


def _files_of(files: set[str]) -> set[str]:
    """Return where a sentence is translated: what postings say like one other document stands with both.

    So a language that is offered for the other documents need not have what only postings share with one of them.
    """
    others = files - {POSTING}
    return files if len(others) < 2 and SHARED not in others else {SHARED}


def _add_law(catalog: Catalog) -> None:
    law = [("schemas/law/legal-bases.yaml", 0)]
    for basis in legal_bases().values():
        catalog.add(basis.families, context=basis.citation, locations=law, auto_comments=[FAMILIES])
    for group in basis_groups().values():
        catalog.add(group.title, context=group.citation, locations=law, auto_comments=[GROUP])


def _add_checklist(catalog: Catalog) -> None:
    """Add what the law of the nation and of the states looks for in a year."""
    says = [notice.says for notice in whole_federal_notices()]
    says += [titled(kind.what) for kind in POSTINGS.values()]
    for law in map(whole_state_law, known_states()):
        says += [posting.says for posting in law.postings]
        says += [entry.says for entry in law.calendar if entry.posting is None and entry.when.after is None]
    for words in says:
        catalog.add(words, context=LAW, locations=[("schemas/law", 0)])


def _add_disposition(catalog: Catalog) -> None:
    """Add on what a district relies toward a vendor, and what a state says of the end."""
    says = [basis.title for basis in legal_bases().values()]
    for law in map(whole_state_law, known_states()):
        says += [term.says for term in law.terms if term.term in TERMS and term.certain]
    for words in says:
        catalog.add(words, context=LAW, locations=[("schemas/law", 0)])


def _add_postings(catalog: Catalog) -> None:
    """Add what postings take from data: labels, the names of a register, and the terms of checklists."""
    states = [whole_state_law(code) for code in known_states()]
    for field in (field for law in states for posting in law.postings for field in posting.fields):
        if field.label:
            catalog.add(field.label, locations=[("schemas/law/states", 0)])
    for code in (code for name, kind in KINDS.items() if name.endswith("checklist") for code in kind.states):
        for term in whole_state_law(code).terms:
            catalog.add(term.says, locations=[("schemas/law/states", 0)])
    for element in builtin_taxonomy().elements.values():
        name = element.name.pick("en", "en")[0]
        catalog.add(name, context=element_context(element.id), locations=[("schemas/taxonomy/elements.csv", 0)])


def read_catalog(tag: str, file: str) -> Catalog:
    """Return what a language has of a document's sentences, as it lies in reports/locale."""
    with catalog_path(tag, file).open("rb") as stream:
        return read_po(stream, locale=tag, abort_invalid=True)


def write_catalog(catalog: Catalog) -> str:
    """Return a catalog as text: in one order, without line numbers that change every day."""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, ignore_obsolete=True, include_lineno=False)
    return buffer.getvalue().decode()


def _headed_like(shared: Catalog | None, tag: str) -> Catalog:
    """Return an empty file of a language, with the head of the one that it has already."""
    if shared is None:
        return Catalog(locale=tag, project="dataflows", version="1", charset="utf-8", fuzzy=False)
    return Catalog(
        locale=shared.locale,
        header_comment=shared.header_comment,
        project=shared.project,
        version=shared.version,
        msgid_bugs_address=shared.msgid_bugs_address,
        creation_date=shared.creation_date,
        revision_date=shared.revision_date,
        last_translator=shared.last_translator,
        language_team=shared.language_team,
        charset="utf-8",
        fuzzy=False,
    )


def update_language(tag: str, chosen: list[str]) -> None:
    """Bring the files of a language up; a sentence that moves to another file takes its translation along."""
    known = {file: read_catalog(tag, file) for file in catalog_files(tag)}
    settled = {
        (message.id, message.context): message.string
        for catalog in known.values()
        for message in catalog
        if message.id and not message.fuzzy and message.string
    }
    wanted = messages_for(tag)
    files = [*wanted]
    for file in [file for file in files if file in chosen] if chosen else files:
        catalog = known.get(file) or _headed_like(known.get(SHARED), tag)
        catalog.update(wanted[file], update_creation_date=False)
        for message in catalog:
            told = (message.string,) if isinstance(message.string, str) else message.string or ("",)
            is_open = message.fuzzy or not all(told)
            if message.id and is_open and (message.id, message.context) in settled:
                message.string = settled[message.id, message.context]
                message.flags.discard("fuzzy")
        catalog_path(tag, file).parent.mkdir(exist_ok=True)
        catalog_path(tag, file).write_text(write_catalog(catalog), encoding="utf-8", newline="\n")
    if not chosen:
        for file in set(known) - set(files):
            catalog_path(tag, file).unlink()


def main(chosen: list[str]) -> None:
    """Update each language that is a translation."""
    for tag in [*languages()][1:]:
        update_language(tag, chosen)


if __name__ == "__main__":
    main(sys.argv[1:])
