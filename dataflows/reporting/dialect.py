"""Which Markdown is understood: a closed part of CommonMark with tables, and two signs of our own.

A template may also write `::: name` ... `:::` around blocks that belong together (a letterhead, the
summary), and `[words]{lang=es}` or `[words]{.apart}` around words in another language or script;
`[words]{.line}`, `{.short}` and `{.box}` for a line to write on, a short one, a box to tick; and
`![words](picture:name)` for a picture that the document carries.
What a district writes in its texts has neither, no images, and links to safe addresses only.
HTML is text, and so is whatever CommonMark would swallow: entities, reference definitions.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.text_join import text_join
from markdown_it.token import Token

from dataflows.reporting.markdown import is_safe_address

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

IN_TEMPLATE = {"in": "template"}
"""How lines that `read_line` has read are marked."""
_SWALLOWING = ("reference", "lheading", "html_block", "code", "html_inline", "entity")
_SECTION = re.compile(r":::[ ]+([a-z]+)(?:[ ]+lang=([A-Za-z0-9-]+))?$")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_SPAN_END = re.compile(r"\]\{(?:lang=([A-Za-z0-9-]+)|\.(apart|line|short|box))\}")
_SIGN = re.compile(r"[^\w ,.;:?’“”·–/()-]|_")
"""What may be a sign in a line; without any, the line is one text."""
_PICTURE = re.compile(r"picture:[a-z0-9-]+")


def parse_template_output(markdown: str) -> list[Token]:
    """Return the tokens of what a template wrote."""
    return _template_parser().parse(markdown)


def parse_district_text(text: str) -> list[Token]:
    """Return the tokens of a text that the district wrote."""
    return _district_parser().parse(text)


class _Parser(MarkdownIt):
    """Leaves a link as it was written where its address is not safe."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Tell whether an address may be linked to."""
        return is_safe_address(url)


class _TemplateParser(_Parser):
    """Knows the pictures of a document too."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Tell whether an address may be linked to, or shown."""
        return _PICTURE.fullmatch(url) is not None or is_safe_address(url)


def _plain_parser(parser: type[MarkdownIt] = _Parser) -> MarkdownIt:
    return parser("commonmark", {"html": False}).enable("table").disable(list(_SWALLOWING))


@cache
def _district_parser() -> MarkdownIt:
    return _plain_parser().disable("image")


@cache
def _template_parser() -> MarkdownIt:
    parser = _plain_parser(_TemplateParser)
    parser.block.ruler.before("fence", "section", _section, {"alt": ["paragraph", "blockquote", "list"]})
    parser.inline.ruler.before("link", "span", _span)
    parser.core.ruler.at("inline", _inline)
    return parser


def _inline(state: StateCore) -> None:
    """Read what stands in lines; most of it is the same in each of many documents, and is read once."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = read_line(token.content)
            token.meta = IN_TEMPLATE


@lru_cache(maxsize=8192)
def read_line(content: str) -> list[Token]:
    """Return the tokens of a line of a template's output; nobody changes them."""
    if not _SIGN.search(content):
        return [Token("text", "", 0, content=content)]
    parser = _template_parser()
    tokens: list[Token] = []
    parser.inline.parse(content, parser, {}, tokens)
    whole = Token("inline", "", 0, content=content, children=tokens)
    text_join(StateCore(content, parser, {}, [whole]))
    return whole.children or []


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _section(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    if not state.src.startswith(":::", state.bMarks[first] + state.tShift[first]):
        return False
    opened = _SECTION.fullmatch(_line(state, first))
    end = _section_end(state, first, last) if opened else None
    if opened is None or end is None:
        return False
    if silent:
        return True
    token = state.push("section_open", "section", 1)
    token.attrs = {"name": opened[1], "lang": opened[2] or ""}
    token.block = True
    limit, parent = state.lineMax, state.parentType
    state.lineMax, state.parentType = end, "container"
    state.md.block.tokenize(state, first + 1, end)
    state.lineMax, state.parentType = limit, parent
    state.push("section_close", "section", -1)
    state.line = end + 1
    return True


def _section_end(state: StateBlock, first: int, last: int) -> int | None:
    """Return the line that closes a section; what stands in a fence of code closes nothing."""
    depth, fence = 0, ""
    for number in range(first, last):
        line = _line(state, number)
        mark = _FENCE.match(line)
        if fence:
            fence = "" if line.startswith(fence) and not line.strip(fence[0]) else fence
        elif mark:
            fence = mark[1]
        elif _SECTION.fullmatch(line):
            depth += 1
        elif line == ":::":
            depth -= 1
            if depth == 0:
                return number
    return None


def _span(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    start, limit = state.pos + 1, state.posMax
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    closed = _SPAN_END.match(state.src, end) if end >= 0 else None
    if closed is None:
        return False
    if not silent:
        name = {"line": "line", "short": "line", "box": "box"}.get(closed[2], "span")
        token = state.push(f"{name}_open", name, 1)
        token.attrs = {"lang": closed[1] or "", "name": "short" if closed[2] == "short" else ""}
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.push(f"{name}_close", name, -1)
    state.pos, state.posMax = closed.end(), limit
    return True
