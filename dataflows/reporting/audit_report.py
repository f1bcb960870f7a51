"""The audit as one page of HTML: what to do first, then every finding, to filter by keyboard.

It fetches nothing; one small script of its own filters, and without it everything is there to read.
"""

from __future__ import annotations

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


def render_report(audit: Audit) -> str:
    """Return the page of an audit."""
    styles = [read_style("shared/style.css"), read_style("audit/style.css")]
    script = (assets.folder("reports") / "audit" / "filter.js").read_text(encoding="utf-8")
    first, more = first_cures(audit)
    names = sorted({name for finding in audit.findings if finding.parties for name in finding.names})
    return (
        html_environment()
        .get_template("audit/report.html.j2")
        .render(
            audit=audit,
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
