"""Text out of anybody's document, whatever its name says: HTML, PDF, DOCX, Markdown or text.

What a file is shows in its first bytes; the ending of its name only tells Markdown from text.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from dataflows.sources.document_blocks import Block, DocumentText, UnreadableDocumentError

MOST_BYTES = 200_000_000
_MOST_TEXT = 30_000_000
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|p|div|h[1-6]|ul|ol|li|table|span|script|article|section)[\s>]", re.IGNORECASE
)


def read_document(path: Path) -> DocumentText:
    """Read a file; raises UnreadableDocumentError where there is no text to be had."""
    try:
        if path.is_dir():
            raise UnreadableDocumentError(str(path), "This is a folder. Name the file with the notice.")
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableDocumentError(str(path), f"This file is larger than {MOST_BYTES // 1_000_000} MB.")
        data = path.read_bytes()
    except FileNotFoundError as fault:
        raise UnreadableDocumentError(str(path), "There is no such file.") from fault
    except OSError as fault:
        raise UnreadableDocumentError(str(path), f"This file can't be opened: {fault.strerror}.") from fault
    return read_document_bytes(data, str(path))


def read_document_bytes(data: bytes, file: str) -> DocumentText:
    """Return the text of a document's bytes; raises UnreadableDocumentError."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise UnreadableDocumentError(file, "This file is empty.")
    pages = tagged = None
    blocks: tuple[Block, ...]
    form = _form_of(data, file)
    if form == "pdf":
        from dataflows.sources.pdf_text import read_pdf

        blocks, pages, tagged = read_pdf(data, file)
    elif form == "docx":
        from dataflows.sources.word_text import read_word

        blocks = read_word(data, file)
    else:
        blocks = _read_characters(data, form, file)
    if not any(any(map(str.isalpha, block.text)) for block in blocks):
        raise UnreadableDocumentError(file, _nothing_in(form))
    return DocumentText(file, form, blocks, pages, tagged)


def _nothing_in(form: str) -> str:
    if form == "html":
        return (
            "This page has no text of its own; scripts write it in the browser. Save what the browser shows, or a PDF."
        )
    return "This document has no text."


def _form_of(data: bytes, file: str) -> str:
    """Return what a file is by its content; raises UnreadableDocumentError for what has no text."""
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:4096]
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return "docx"
    if head.startswith(_OLD_WORD):
        why = "This is an encrypted document, or one of Word before 2007. Save it as DOCX without a password."
        raise UnreadableDocumentError(file, why)
    if head.startswith(b"{\\rtf"):
        raise UnreadableDocumentError(file, "This is rich text (RTF). Save it as DOCX, PDF, HTML or text.")
    if head.startswith(_PICTURES):
        raise UnreadableDocumentError(file, "This is a picture. Run text recognition (OCR) on it, or find its text.")
    suffix = PurePath(file).suffix.lower()
    tags = len(_TAG.findall(data[:20_000].replace(b"\0", b"")))
    is_page = suffix in (".html", ".htm", ".xhtml")
    if tags >= (1 if is_page else 3) or _is_whole_page(head):
        return "html"
    return "md" if suffix in (".md", ".markdown") else "html" if is_page else "txt"


def _is_whole_page(head: bytes) -> bool:
    return re.match(rb"(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)[\s>]", head, re.IGNORECASE) is not None


def _read_characters(data: bytes, form: str, file: str) -> tuple[Block, ...]:
    from dataflows.sources.html_text import declared_charset, read_html
    from dataflows.sources.plain_text import decode_text, read_markdown, read_plain

    if len(data) > _MOST_TEXT:
        raise UnreadableDocumentError(file, f"This text is larger than {_MOST_TEXT // 1_000_000} MB.")
    text = decode_text(data, declared_charset(data) if form == "html" else None)
    unprintable = sum(1 for sign in text[:20_000] if sign == "\ufffd" or (sign < " " and sign not in "\t\r\n\f\v\x1c"))
    if unprintable * 10 > len(text[:20_000]):
        raise UnreadableDocumentError(
            file, "This file is no text. Name the notice as HTML, PDF, DOCX, Markdown or text."
        )
    readers = {"html": read_html, "md": read_markdown, "txt": read_plain}
    return readers[form](text)
