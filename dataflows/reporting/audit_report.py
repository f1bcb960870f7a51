"""The audit as one page of HTML: what to do first, then every finding, to filter by keyboard.

It fetches nothing; one small script of its own filters, and without it everything is there to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dataflows import __version__, assets
from dataflows.reporting.findings import ACTORS, cited, count_changes, count_line, first_cures, group_findings
from dataflows.reporting.pages import digest_of, html_environment, read_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dataflows.model.audit_changes import AuditChanges
    from dataflows.model.audits import Audit
    from dataflows.model.findings import Finding
    from dataflows.reporting.audit_facts import PackFacts

MARKS = {"error": "error", "warning": "warning", "info": "note"}
"""How a severity is called on the page."""


MOST_ROWS = 2_000
"""So many findings of a list a page shows at most: a browser shows them at once, and nobody reads on."""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group of findings as a page shows it: the first of them, and how many there are."""

    title: str
    findings: Sequence[Finding]
    number: int

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are shown."""
        return len(self.findings) < self.number


def cap_groups(groups: Sequence[tuple[str, Sequence[Finding]]], most: int) -> list[ShownGroup]:
    """Return the groups with so many findings at most in all: each has its share, the first ones what is left."""
    share = most // max(1, len(groups))
    left = most - sum(min(share, len(findings)) for _title, findings in groups)
    shown = []
    for title, findings in groups:
        more = min(left, max(0, len(findings) - share))
        left -= more
        shown.append(ShownGroup(title, findings[: share + more], len(findings)))
    return shown


def render_report(audit: Audit, pack: PackFacts | None = None, *, group: str = "cure") -> str:
    """Return the page of an audit; of a pack, with the population, the log's head, the sample and each place."""
    first, more = first_cures(audit)
    sampled = frozenset(pack.sample) if pack else frozenset()

    def row(finding: Finding) -> Markup:
        is_drawn = finding.subject.kind == "flow" and finding.subject.id in sampled
        return _row(finding, place=pack.place_of(finding) if pack else None, sampled=is_drawn)

    groups = cap_groups(group_findings(audit.open_findings, group), MOST_ROWS)
    [waived] = cap_groups([("Waived, and not counted", audit.waived)], MOST_ROWS)
    known_at = f"{pack.known_at:%Y-%m-%d at %H:%M} UTC" if pack and pack.known_at else None
    return _render(
        "audit/report.html.j2",
        chain(waived.findings, *(shown.findings for shown in groups)),
        district=audit.district,
        audit=audit,
        pack=pack,
        known_at=known_at,
        counted=count_line(audit),
        first=first,
        more=more,
        groups=groups,
        waived=waived,
        row=row,
    )


def render_changes(changes: AuditChanges) -> str:
    """Return the page of two audits side by side: what was closed, came and stayed."""
    groups = cap_groups([(title, findings) for _state, title, findings in changes.groups], MOST_ROWS)
    states = [state for state, _title, _findings in changes.groups]
    return _render(
        "audit/changes.html.j2",
        chain(*(shown.findings for shown in groups)),
        district=changes.district,
        changes=changes,
        counted=count_changes(changes),
        groups=list(zip(states, groups, strict=True)),
        states=states,
        row=lambda finding, state: _row(finding, state=state),
    )


def _render(template: str, findings: Iterable[Finding], **facts: Any) -> str:
    styles = [read_style("shared/style.css"), read_style("audit/style.css")]
    script = (assets.folder("reports") / "audit" / "filter.js").read_text(encoding="utf-8")
    return (
        html_environment()
        .get_template(template)
        .render(
            marks=MARKS,
            actors=ACTORS,
            names=sorted({name for finding in findings if finding.parties for name in finding.names}),
            version=__version__,
            styles=[Markup(style) for style in styles],  # noqa: S704 - our own files
            style_digests=[digest_of(style) for style in styles],
            script=Markup(script),  # noqa: S704
            script_digest=digest_of(script),
            **facts,
        )
    )


def _row(finding: Finding, **facts: Any) -> Markup:
    told = finding.tell()
    known = {"state": None, "place": None, "sampled": False, **facts}
    made = (
        html_environment()
        .get_template("audit/finding.html.j2")
        .render(
            finding=finding,
            told=told,
            mark=MARKS[finding.severity.value],
            effect=str(told.effect),
            law=cited(finding),
            **known,
        )
    )
    return Markup(made.rstrip())  # noqa: S704 - the template escapes
