"""What a file of the site is made from, as one digest: by it a rebuild knows a PDF that it need not set again."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from typing import TYPE_CHECKING

from dataflows import __version__

if TYPE_CHECKING:
    from dataflows.reporting.document import Document


def digest_of_pages(document: Document) -> str:
    """Return one digest of the text and pictures of a document's PDF, and of the programs that set it."""
    from dataflows.reporting.document import facts_of
    from dataflows.reporting.writers.typst import write_typst

    digest = hashlib.sha256(f"{__version__} {version('typst')}".encode())
    digest.update(write_typst(document.tree, facts_of(document)).encode())
    for name, picture in sorted(document.pictures.items()):
        digest.update(f"\0{name}\0{len(picture.content)}\0".encode() + picture.content)
    return digest.hexdigest()
