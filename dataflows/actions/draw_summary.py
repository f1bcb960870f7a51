"""Draw the summary of a snapshot, how much of what goes where, in one of its forms."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from dataflows.actions.draw_told import told_in
from dataflows.errors import UsageError
from dataflows.maps.summary.drawing import draw_summary
from dataflows.maps.summary.facts import summarize, summary_words

if TYPE_CHECKING:
    from dataflows.maps.summary.facts import Summary
    from dataflows.model.snapshot import Snapshot

SUMMARY_FORMS = ("pdf", "svg", "png", "html", "json", "csv", "txt")


def draw_summary_as(snapshot: Snapshot, suffix: str, theme: str = "light", language: str | None = None) -> bytes:
    """Return the summary as the contents of a file; raises UsageError for a form or a theme that there isn't."""
    form = suffix.lower().removeprefix(".")
    if form not in SUMMARY_FORMS:
        known = ", ".join(f".{known}" for known in SUMMARY_FORMS)
        raise UsageError(f"The summary map can't be written as .{form}. It has the forms {known}.")
    told, wording = told_in(snapshot, language)
    summary = summarize(told, summary_words(told, wording))
    if form == "json":
        return (json.dumps(summary.to_json(), ensure_ascii=False, indent=2) + "\n").encode()
    if form == "csv":
        return _table(summary)
    if form == "txt":
        return tell_summary(summary).encode()
    if form == "html":
        from dataflows.reporting.map_page import render_summary

        return render_summary(summary, wording, theme)
    drawn = draw_summary(summary, theme)
    if form == "svg":
        return drawn
    from dataflows.maps.summary.paper import set_summary

    return set_summary(summary, drawn, theme, form)


def tell_summary(summary: Summary) -> str:
    """Return the summary as text: each bar, then each band."""
    words = summary.words
    lines = [words["title"], words["subtitle"], "", words["lead"] if summary.bands else ""]
    for head, bars in zip(words["heads"], summary.bars, strict=True):
        if bars:
            lines += ["", f"{head}:"]
        for bar in bars:
            parties = f" ({', '.join(bar.parties)})" if bar.parties and bar.parties != (bar.label,) else ""
            lines.append(f"   - {words['bar'].format(label=bar.label, count=f'{bar.count:,}')}{parties}")
    lines += ["", *(_band_in_words(summary) or [words["empty"]])]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _band_in_words(summary: Summary) -> list[str]:
    labels = summary.labels
    return [
        summary.words["describe"].format(
            source=labels[band.source], family=labels[band.family], group=labels[band.group], count=band.count
        )
        for band in summary.bands
    ]


def _table(summary: Summary) -> bytes:
    """Return a row a band, with a byte order mark, as Excel wants it."""
    from dataflows.sources.cells import guard

    labels = summary.labels
    parties = {bar.id: "; ".join(bar.parties) for bar in summary.groups}
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(("source", "family", "group", "parties", "count"))
    for band in summary.bands:
        texts = (labels[band.source], labels[band.family], labels[band.group], parties[band.group])
        writer.writerow([*(guard(text) if text else "" for text in texts), band.count])
    return stream.getvalue().encode("utf-8-sig")
