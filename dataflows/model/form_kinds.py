"""The kinds of text that have a fixed form: digits of a number, a code, an address of the web."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from dataflows.model.frozen import frozen
from dataflows.model.kinds import BadValueError, Kind, PlainText, as_text, shown

if TYPE_CHECKING:
    from dataflows.model.kinds import Reading

_TEXT = PlainText()


@frozen(kw_only=False)
class Pattern(Kind):
    """A text of a fixed form, such as seven digits."""

    name: ClassVar[str] = "text of a form"
    form: str
    says: str
    upper: bool = False

    def parse(self, raw: object, reading: Reading) -> str:
        text = as_text(raw).strip()
        if self.upper:
            text = text.upper()
        if not re.fullmatch(self.form, text):
            raise BadValueError(f"{shown(text)} is not {self.says}.")
        return text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({self.form})$"}


_SCHEMES = ("http", "https", "mailto", "tel")
_URL = re.compile(
    r"""https?://[^\s/?#"'<>\\@]+([/?#][^\s"<>\\]*)?|mailto:[^\s"<>\\]+@[^\s"<>\\]+|tel:[+0-9().\- ]+""",
    re.IGNORECASE,
)


class Url(Kind):
    """An address with the scheme http, https, mailto or tel."""

    name: ClassVar[str] = "address"

    def parse(self, raw: object, reading: Reading) -> str:
        text = _TEXT.parse(raw, reading)
        if _URL.fullmatch(text):
            return text
        scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", text, re.IGNORECASE)
        if scheme and scheme[1].lower() not in _SCHEMES:
            raise BadValueError(f"{shown(text)} has the scheme {scheme[1]!r}.", f"Use one of: {', '.join(_SCHEMES)}.")
        hint = "Write it whole, as in https://example.org/page."
        if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s\"<>\\]*)?", text, re.IGNORECASE):
            hint = f"Write 'https://{text}'."
        raise BadValueError(f"{shown(text)} is not an address.", hint)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^([Hh][Tt][Tt][Pp][Ss]?|[Mm][Aa][Ii][Ll][Tt][Oo]|[Tt][Ee][Ll]):"}
