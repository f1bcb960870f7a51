"""The audit as one page of HTML: what to do first, then every finding, to filter by keyboard.

It fetches nothing; one small script of its own filters, and without it everything is there to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dataflows import __version__, assets
from dataflows.reporting.findings import ACTORS, cited, count_line, first_cures, group_findings
from dataflows.reporting.pages import digest_of, html_environment, read_style

if TYPE_CHECKING:
    from dataflows.model.audits import Audit
    from dataflows.model.findings import Finding

MARKS = {"error": "error", "warning": "warning", "info": "note"}
"""How a severity is called on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """What an auditor's pack says beside the findings."""

    population: tuple[tuple[str, int], ...]
    """Each list and the number of its rows."""
    head: str | None
    """The digest of the log's newest entry."""
    entries: int
    sample: tuple[str, ...] = ()
    """Ids of the flows that are marked for a test."""
    seed: int = 0


def render_report(audit: Audit, pack: PackFacts | None = None) -> str:
    """Return the page of an audit; of a pack, with the size of the population, the log's head and the sample."""
    styles = [read_style("shared/style.css"), read_style("audit/style.css")]
    script = (assets.folder("reports") / "audit" / "filter.js").read_text(encoding="utf-8")
    first, more = first_cures(audit)
    names = sorted({name for finding in audit.findings if finding.parties for name in finding.names})
    return (
        html_environment()
        .get_template("audit/report.html.j2")
        .render(
            audit=audit,
            pack=pack,
            counted=count_line(audit),
            first=first,
            more=more,
            groups=group_findings(audit.open_findings, "cure"),
            row=_row,
            marks=MARKS,
            actors=ACTORS,
            names=names,
            version=__version__,
            styles=[Markup(style) for style in styles],  # noqa: S704 - our own files
            style_digests=[digest_of(style) for style in styles],
            script=Markup(script),  # noqa: S704
            script_digest=digest_of(script),
        )
    )


def _row(finding: Finding) -> Any:
    template = html_environment().get_template("audit/finding.html.j2")
    made = template.render(
        finding=finding, mark=MARKS[finding.severity.value], effect=str(finding.effect), law=cited(finding)
    )
    return Markup(made.rstrip())  # noqa: S704 - the template escapes
