"""The reference page of the cues by which a notice is checked, from schemas/law/notice-check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dataflows.law.documents import read_law

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """\
# How a notice is checked

<!-- Made by `python -m docs.make_reference` from schemas/law/notice-check. Change the cues there, not this page. -->

`notice check` takes a text apart into sentences and looks for the words below.
Before it looks, it writes a sentence in small letters, without accents, signs and line breaks.
"student's" reads `students`, "won't" `will not`, "w/o" `without`,
"record(s)" `records`, "U.S." `usa`, "EE. UU." `eeuu`, an e-mail address `mailaddress`.

In a phrase `word*` is any ending, `a|b` either word, `(a b|c)` either phrase, `( ... )?` may be absent, `...4` is a gap
of at most four words, and `{name}` stands for the words listed under [Parts](#parts).

A sentence about another law than FERPA states no item; a question and a heading state nothing.
An answer of "yes", or of "not without" and the like, takes the words of the question before it.
A heading, or a title in the text, may be in another language than what stands under it.
An item of a list takes its "right" from the sentence that announced the list.
"""


def make_page() -> str:
    """Return the page."""
    lines = [HEAD, "## Items\n"]
    for item in read_law("notice-check/items")["items"]:
        lines += _item(item)
    lines.append("## Findings\n")
    lines += ["| code | name | severity | citation | says |", "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {row['code']} | {row['name']} | {row['severity']} | {row['citation']} | {row['says']} |"
        for row in read_law("notice-check/findings")["findings"]
    ]
    lines.append("\n## Words\n")
    for name in ("words", "findings", "other-notices"):
        tree = read_law(f"notice-check/{name}")
        for group in tree["groups" if name == "words" else "words"]:
            lines += _group(group)
    lines += ["## Laws\n", *_laws(), "## Parts\n", *_parts()]
    return "\n".join(lines).rstrip() + "\n"


def _item(item: dict[str, Any]) -> Iterator[str]:
    yield f"### {item['id']}\n"
    yield f"Its absence is {item['rule']}.\n"
    for statement in item["statements"]:
        yield f"- `{statement['id']}`, in one {statement['passage']}:"
        for way in statement["ways"]:
            clauses = ", and ".join(" + ".join(clause["all"]) for clause in way["clauses"])
            yield f"    - {clauses}{_conditions(way)}"
        if statement.get("brief"):
            yield f"    - in a summary of the text, only with {statement['brief']}"
        if statement.get("not"):
            yield f"    - never with {', '.join(statement['not'])}"
    yield ""


def _conditions(way: dict[str, Any]) -> str:
    said = []
    if way.get("heading"):
        said.append("read with the heading above")
    if way.get("lead"):
        said.append("as an item of a list of rights")
    if way.get("announced"):
        said.append(f"announced with {way['announced']}")
    if way.get("ferpa"):
        said.append("where the text is about FERPA, or about no law and close behind words on education records")
    if way.get("cut"):
        said.append(f"without what is {' or '.join(way['cut'])}")
    if way.get("any"):
        said.append(f"with {' or '.join(way['any'])} in the passage")
    if near := way.get("near"):
        said.append(f"with {near['group']} in the next {near['sentences']} sentences")
    if least := way.get("least"):
        said.append(f"with at least {least['number']} kinds of {least['group']}")
    return f" ({', '.join(said)})" if said else ""


def _group(group: dict[str, Any]) -> Iterator[str]:
    yield f"### {group['id']}\n"
    yield f"{group['says']}\n"
    for language in ("en", "es"):
        yield f"- {language}: {', '.join(f'`{phrase}`' for phrase in group[language])}"
    yield ""


def _laws() -> Iterator[str]:
    for law in read_law("notice-check/laws")["laws"]:
        phrases = [*law["names"]["en"], *law["names"]["es"]]
        yield f"- {law['name']}: {', '.join(f'`{phrase}`' for phrase in dict.fromkeys(phrases))}"
    yield ""


def _parts() -> Iterator[str]:
    for language, parts in read_law("notice-check/words")["parts"].items():
        for name, phrases in parts.items():
            yield f"- `{{{name}}}` ({language}): {', '.join(f'`{phrase}`' for phrase in phrases)}"
