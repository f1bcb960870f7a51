"""Whether a district's own words leave out of the annual notice what 34 CFR 99.7 makes part of it.

The notice is read as anybody's is, once as it would be without those words and once with them: what the
second no longer states is theirs to put back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dataflows.checking.cues import LANGUAGES
from dataflows.checking.notice_check import check_document
from dataflows.errors import DocumentHoleError
from dataflows.reporting.composing import compose
from dataflows.reporting.document import write_document
from dataflows.sources.document_text import read_document_bytes

if TYPE_CHECKING:
    from datetime import date

    from dataflows.checking.notice_check import CheckedItem
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order


def check_look(made: Document, order: Order) -> Document:
    """Return a draft with the items that it lost as gaps; raises DocumentHoleError for any other document.

    What is written in a language that the check does not read is returned as it is.
    """
    if order.look is None or made.language.partition("-")[0] not in LANGUAGES:
        return made
    ours = _absent(compose(replace(order, look=None)), order.issued)
    lost = [item for id, item in _absent(made, order.issued).items() if id not in ours]
    if lost and not order.is_draft:
        holes = [(str(order.look.folder), f"34 CFR {item.id}: {' '.join(item.missing)}") for item in lost]
        raise DocumentHoleError("annual notice", holes, "Say it in the words or the template there")
    return replace(made, gaps=(*made.gaps, *(f"34 CFR {item.id}" for item in lost)))


def _absent(document: Document, day: date) -> dict[str, CheckedItem]:
    """Return the items that a document does not state, by their ids."""
    read = read_document_bytes(write_document(document, ".html"), "annual.html")
    return {item.id: item for item in check_document(read, day).items if not item.present}
