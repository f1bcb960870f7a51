"""How a register of data names things: short and without "your child", in the language of the posting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.reporting.customs import customs_of
from dataflows.reporting.district_texts import Told
from dataflows.reporting.messages import find_language, translations
from dataflows.reporting.telling import Teller
from dataflows.reporting.views import ElementView

if TYPE_CHECKING:
    from datetime import date

    from dataflows.reporting.views import PurposeView

GAP = "Not yet available, asked on %(day)s."
"""As reports/posting/blocks.j2 says it."""
FILE = "posting"
"""The sentences of all postings are in one file."""


def say(language: str, words: str, context: str | None = None) -> str:
    """Return words of schemas/law or of the taxonomy in a language."""
    known = find_language(language)
    if known is None:
        return words
    said = translations(known.tag, FILE)
    return said.pgettext(context, words) if context else said.gettext(words)


def say_gap(language: str, day: date) -> str:
    """Return what stands in a table in place of what is not available yet."""
    known = find_language(language)
    shown = customs_of(known.format).day(day) if known else day.isoformat()
    return say(language, GAP) % {"day": shown}


def element_context(id: str) -> str:
    """Return what tells the name of a kind of data from the same words elsewhere."""
    return f"register {id}"


class RegisterTeller(Teller):
    """Tells kinds of data by the names of the Schedule of Data."""

    def element(self, id: str, onward: tuple[PurposeView, ...] = ()) -> ElementView:
        """Return one kind of data by its name in a register."""
        view = super().element(id, onward)
        if view.is_renamed:
            return view
        name = say(self.language, str(view.name), element_context(id))
        return ElementView(id, Told(name, self.language), is_renamed=True, onward=onward)
