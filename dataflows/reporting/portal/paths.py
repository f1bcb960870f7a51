"""Where each page of the site lies: names that every disk takes, and links that work from a folder.

Ids are lower-case slugs and unique, so no two names differ by case or form alone.  Windows refuses some
words as names of files: an underscore, which no id has, makes another of them.
"""

from __future__ import annotations

import unicodedata

_REFUSED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)


def file_name(id: str) -> str:
    """Return the name of a file for an id, without its ending."""
    return f"_{id}" if id in _REFUSED else id


def party_page(id: str) -> str:
    """Return where a party's page lies in a language's folder."""
    return f"who/{file_name(id)}.html"


def element_page(id: str) -> str:
    """Return where the page of a kind of data lies."""
    return f"data/{file_name(id)}.html"


def school_page(id: str) -> str:
    """Return where a school's page lies."""
    return f"schools/{file_name(id)}.html"


def grade_page(code: str) -> str:
    """Return where a grade's page lies."""
    return f"grades/{code.lower()}.html"


def letter_page(letter: str) -> str:
    """Return where the list of one letter lies; a sign outside A to Z is named by its number."""
    name = letter.lower() if letter.isascii() and letter.isalpha() else f"u{ord(letter[0]):04x}"
    return f"letters/{name}.html"


def letter_of(name: str) -> str:
    """Return under which letter a name is looked for: `É` is E, and what begins with no letter is `#`."""
    first = unicodedata.normalize("NFKD", name.lstrip())[:1].upper()[:1]
    return first if first.isalpha() else "#"


def sort_key(name: str) -> tuple[str, str, str]:
    """Return by what names are put in order: as people look for them, accents and case apart."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return (plain.strip(), folded, name)


def ups(path: str) -> str:
    """Return the way from a page to the folder that paths begin at."""
    return "../" * path.count("/")
