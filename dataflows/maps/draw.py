"""DOT becomes SVG, PNG or PDF, in this process. A line that the engine says is a failure.

Graphviz replaces what it can't read by dots and says so on the error channel only, so the
channel itself (file descriptor 2) is watched while it works.
"""

from __future__ import annotations

import os
import tempfile
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dataflows.errors import DataflowsError
from dataflows.maps.fonts import FontSettings
from dataflows.maps.recolour import LIGHT, recolour
from dataflows.maps.svg import finish_svg
from dataflows.maps.theme import read_theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dataflows.maps.shapes import MapView

_LOCK = threading.Lock()
_STARTED: list[bool] = []
_RESOLUTION = "144"


class DrawingError(DataflowsError):
    """The engine that lays out maps complained or gave nothing."""

    def __init__(self, said: str) -> None:
        super().__init__(f"The map can't be drawn; the drawing engine says: {said}")


def draw_view(view: MapView, source: str, suffix: str, theme: str = LIGHT) -> bytes:
    """Draw the DOT source of a view as `svg`, `png` or `pdf`, in a theme; the same view gives the same bytes."""
    source = recolour(source, theme)
    if suffix == "png":
        return render_dot(source, suffix)[0]
    drawn, layout = render_dot(source, "svg", "json")
    svg = finish_svg(view, drawn, layout, theme)
    if suffix == "svg":
        return svg
    from dataflows.maps.pdf import finish_pdf

    return finish_pdf(view, svg, theme)


def render_dot(source: str, *forms: str) -> list[bytes]:
    """Lay out DOT source once and render it in each form; raises DrawingError with the engine's words."""
    with _LOCK:
        _start_engine()
        with _error_channel() as said:
            drawn = _render(source, forms)
    if said or not all(drawn):
        raise DrawingError(" ".join(said) or "nothing at all.")
    return drawn


def _start_engine() -> None:
    """Let fontconfig read its settings before any map is drawn.

    What it says of the machine's own settings files (of a newer version, say) is about those
    files and not about a map; anything else is a failure here too.
    """
    if _STARTED:
        return
    theme = read_theme()
    with FontSettings(theme.font), _error_channel() as said:
        _render(f'digraph {{ a [label="a", fontname="{theme.font}"] }}', ("svg",))
    if serious := [line for line in said if not line.startswith("Fontconfig warning:")]:
        raise DrawingError(" ".join(serious))
    _STARTED.append(True)


def _render(source: str, forms: Sequence[str]) -> list[bytes]:
    import pygraphviz
    from pygraphviz import graphviz as engine

    try:
        graph = pygraphviz.AGraph(string=source)
        if "png" in forms:
            graph.graph_attr["dpi"] = _RESOLUTION
        context = engine.gvContextWithBuiltins()
        if engine.gvLayout(context, graph.handle, b"dot"):
            raise DrawingError("the layout failed.")
        drawn = [engine.gvRenderData(context, graph.handle, form.encode())[1] for form in forms]
        engine.gvFreeLayout(context, graph.handle)
        engine.gvFreeContext(context)
    except (ValueError, pygraphviz.DotError) as error:
        raise DrawingError(str(error)) from error
    return [data or b"" for data in drawn]


@contextmanager
def _error_channel() -> Iterator[list[str]]:
    """Collect the lines that are written to file descriptor 2 meanwhile."""
    lines: list[str] = []
    with tempfile.TemporaryFile() as kept:
        before = os.dup(2)
        os.dup2(kept.fileno(), 2)
        try:
            yield lines
        finally:
            os.dup2(before, 2)
            os.close(before)
            kept.seek(0)
            text = kept.read().decode("utf-8", "replace")
            lines.extend(line.strip() for line in text.splitlines() if line.strip())
