"""A map as one page of HTML: the overview to search in, and a drawing beside a table of the same facts.

Nothing is fetched.  Without its script the overview is a plain page, with every party in its table and picture.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dataflows import __version__, assets
from dataflows.maps.labels import clean
from dataflows.maps.page.facts import LEVELS
from dataflows.maps.page.picture import draw_heads, draw_rows, geometry
from dataflows.maps.page.rows import rows_of
from dataflows.maps.page.shapes import MARKS
from dataflows.maps.palettes import page_colours
from dataflows.maps.recolour import colours_in
from dataflows.maps.summary.drawing import colours_of_summary, draw_summary
from dataflows.model.sensitivities import SENSITIVITIES
from dataflows.reporting.map_rows import write_rows
from dataflows.reporting.pages import digest_of, html_environment, read_style
from dataflows.reporting.tree import direction_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dataflows.maps.page.drawn import DrawnPage
    from dataflows.maps.page.shapes import PageView
    from dataflows.maps.summary.facts import Summary
    from dataflows.maps.wording import Wording

_UNFIT_IN_HTML = re.compile("[<>&\u2028\u2029\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""What begins or ends an element, a line of a script, and what HTML calls an error."""
PAGE_SIZES = (100, 25)
"""So many parties stand on the page at once where its script runs: on a wide screen, and on a phone."""


def render_overview(view: PageView, theme: str = "light") -> bytes:
    """Return the page of everyone; light pages turn dark where their reader's screen is."""
    wording, rows = view.wording, rows_of(view)
    said = wording.page
    style, script = _style(theme), _read("interactive.js")
    facts = {**view.to_json(), "said": _script_words(wording), "geometry": geometry(), "sizes": PAGE_SIZES}
    facts["months"], facts["day_form"] = wording.words["months"], wording.words["day"]
    about = str(said["picture"]["about"])
    return _render(
        "map/page.html.j2",
        wording,
        view.language,
        theme,
        style,
        view=view,
        rows=write_rows(view, rows, said),
        used=_used(view),
        subtitle=said["subtitle"].format(district=view.district, day=wording.day(view.as_of)),
        day=wording.day(view.as_of),
        elements=[
            [(place, element) for place, element in enumerate(view.elements) if element.column == number]
            for number in range(len(view.columns))
        ],
        heads=Markup(draw_heads(view.columns, wording)),  # noqa: S704 - written by an XML writer
        picture=Markup(draw_rows(view.columns, rows, said["letters"], about)),  # noqa: S704
        facts=Markup(as_data(facts)),  # noqa: S704
        script=Markup(script),  # noqa: S704 - our own file
        script_digest=digest_of(script),
    )


def render_summary(summary: Summary, wording: Wording, theme: str = "light") -> bytes:
    """Return the page of the summary: the picture, its bands as a table, and who is in each group."""
    labels = summary.labels
    rows = [(labels[band.source], labels[band.family], labels[band.group], f"{band.count:,}") for band in summary.bands]
    return _render(
        "map/summary.html.j2",
        wording,
        str(summary.words["language"]),
        theme,
        _style(theme) + _in_the_dark(theme, colours_of_summary("dark")),
        words=summary.words,
        rows=[tuple(map(clean, row)) for row in rows],
        groups=[(clean(bar.label), tuple(map(clean, bar.parties))) for bar in summary.groups],
        drawing=_inline(draw_summary(summary, theme)),
    )


def render_drawn(page: DrawnPage, svg: bytes, theme: str = "light") -> bytes:
    """Return the page of a drawing: the picture, and its flows as a table."""
    return _render(
        "map/drawn.html.j2",
        page.wording,
        page.language,
        theme,
        _style(theme) + _in_the_dark(theme, colours_in("dark")),
        page=page,
        drawing=_inline(svg),
    )


def _inline(svg: bytes) -> Markup:
    """Return a drawing as a page holds it: a style attribute is what the policy forbids, and the page's own says it."""
    drawing = re.sub(r'(<svg[^>]*?) style="[^"]*"', r"\1", svg.decode(), count=1)
    return Markup(drawing)  # noqa: S704 - written by an XML writer


def _in_the_dark(theme: str, colours: Mapping[str, str]) -> str:
    """Return what a drawing of the light theme looks like on a dark screen: each of its colours has another there."""
    if theme != "light":
        return ""
    rules = (
        f'.drawing [{paint}="{light}" i]{{{paint}:{dark}}}'
        for light, dark in colours.items()
        for paint in ("fill", "stroke")
    )
    ground = f".light .drawing{{--ground:{colours['#FFFFFF']}}}"
    return f"@media screen and (prefers-color-scheme: dark){{{ground}{''.join(rules)}}}\n"


def as_data(facts: object) -> str:
    """Return facts as JSON that can stand in an HTML page: no text in it begins or ends an element."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    return _UNFIT_IN_HTML.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _render(template: str, wording: Wording, language: str, theme: str, style: str, **facts: Any) -> bytes:
    tag = wording.language_for(language)
    text = (
        html_environment()
        .get_template(template)
        .render(
            said=wording.page,
            language=tag,
            direction=direction_of(tag),
            theme=theme,
            levels=SENSITIVITIES,
            schools=LEVELS,
            version=__version__,
            style=Markup(style),  # noqa: S704 - our own file
            style_digest=digest_of(style),
            **facts,
        )
    )
    return text.encode("utf-8", "replace")


def _used(view: PageView) -> dict[str, list[str]]:
    """Return the marks and sensitivities that a page shows on any day."""
    marks = {flow.method if view.parties[flow.sender].is_source else "passed" for flow in view.flows}
    levels = {column.level for column in view.columns}
    return {
        "marks": [mark for mark in MARKS if mark in marks],
        "levels": [level for place, level in enumerate(SENSITIVITIES) if place in levels],
    }


def _script_words(wording: Wording) -> dict[str, Any]:
    said = wording.page
    names = ("letters", "marks", "levels", "severities", "schools", "shown", "table", "picture", "pages", "details")
    return {name: said[name] for name in names} | {"empty": said["empty"]}


@cache
def _style(theme: str) -> str:
    return page_colours(theme) + read_style("map/page.css")


def _read(name: str) -> str:
    return (assets.folder("reports") / "map" / name).read_text(encoding="utf-8")
