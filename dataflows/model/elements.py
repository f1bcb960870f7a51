"""What a district adds to the taxonomy of elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.model.kinds import Choice, Line, Localized
from dataflows.model.list_kinds import Ref, SetOf
from dataflows.model.records import field_of, record
from dataflows.model.sensitivities import SENSITIVITIES
from dataflows.model.shared import Source, id_field, note_field, sources_field

if TYPE_CHECKING:
    from dataflows.model.text import Text


@record
class Element:
    """One fact about a student, such as `student-id`; a row of the file adds to the taxonomy."""

    id: str = id_field()
    name: Text | None = field_of(Localized(), "as families read it; the taxonomy's own needs none")
    category: str | None = field_of(Ref("category"), "a heading of the Schedule of Data")
    broader: str | None = field_of(Ref("element"), "the element that this one is part of")
    sensitivity: str | None = field_of(Choice(SENSITIVITIES), "how much harm its loss does")
    definition: Text | None = field_of(Localized(), "what it is")
    necessity: str | None = field_of(Choice(("necessary", "optional")), "whether a student can do without giving it")
    also_called: tuple[str, ...] = field_of(SetOf(Line()), "other names", default=(), standard=[])
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()
