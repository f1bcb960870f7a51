"""Findings as readers and programs get them: ten cures, CSV, SARIF, and one page of HTML."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.actions.audit import audit_snapshot, render_audit
from dataflows.errors import UsageError
from dataflows.model.audit_changes import compare_audits
from dataflows.reporting.audit_facts import PackFacts
from dataflows.reporting.audit_report import cap_groups, render_report
from dataflows.reporting.findings import first_cures, group_findings
from dataflows.reporting.sarif import artifact_uri, changes_to_sarif, to_sarif
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from typing import Any

    from dataflows.model.audits import Audit

FIRST_HOUR = """
vendors: [{id: ixl, name: IXL Learning}, {id: zoom, name: "Zoom, Inc."}, {id: hudl, name: Hudl}]
flows:
  - {id: ixl, to: ixl, elements: [first-name]}
  - {id: zoom, to: zoom, elements: [email]}
"""
URI_REFERENCE = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


def audit(text: str = FIRST_HOUR) -> Audit:
    return audit_snapshot(snapshot_of(text))


def lines(found: Audit) -> list[str]:
    return [cure.line() for _title, cures in first_cures(found)[0] for cure in cures]


def test_the_first_screen_says_what_to_do_with_counts_and_names() -> None:
    shown = lines(audit())

    assert "State the legal basis: 2 flows (IXL Learning, Zoom)" in shown
    assert len(shown) <= 10
    assert "Ask what it takes: Hudl" in shown


def test_the_first_screen_is_as_short_for_three_hundred_vendors() -> None:
    vendors = "\n".join(f"  - {{id: v{number}, name: Vendor {number}}}" for number in range(300))
    flows = "\n".join(f"  - {{id: f{number}, to: v{number}, elements: [email]}}" for number in range(300))
    shown = lines(audit(f"vendors:\n{vendors}\nflows:\n{flows}\n"))

    assert "State the legal basis: 300 flows (Vendor 0, Vendor 1, Vendor 10 and 297 more)" in shown
    assert len(shown) <= 10


def test_the_gravest_group_comes_first_whatever_it_is_grouped_by() -> None:
    for by in ("cure", "vendor", "citation", "rule"):
        groups = group_findings(audit().findings, by)
        ranks = [findings[0].severity.rank for _title, findings in groups]

        assert ranks == sorted(ranks)
        assert sum(len(findings) for _title, findings in groups) == len(audit().findings)


def test_json_holds_every_finding_and_a_summary_that_adds_up() -> None:
    made = json.loads(render_audit(audit(), "json", "dataflows.db"))

    assert sum(made["summary"].values()) == len(made["findings"])
    assert {"rule", "severity", "subject", "message", "citation", "fix", "waived"} <= set(made["findings"][0])


def test_a_cell_of_the_csv_is_never_a_formula() -> None:
    text = 'vendors: [{id: bad, name: "=cmd|calc"}]\nflows: [{id: f, to: bad, elements: [email]}]'
    rows = list(csv.reader(io.StringIO(render_audit(audit(text), "csv", "x").decode())))

    assert rows[0][0] == "severity"
    assert len(rows) == len(audit(text).findings) + 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("dataflows.db", "dataflows.db"),
        ("My vendors #2.xlsx", "My%20vendors%20%232.xlsx"),
        ("Schule: é/a b.db", "Schule%3A%20%C3%A9/a%20b.db"),
        ("/srv/a b/c.db", "file:///srv/a%20b/c.db"),
        (r"C:\data\my file.db", "file:///C:/data/my%20file.db"),
        (r"data\file.db", "data/file.db"),
    ],
)
def test_a_path_becomes_a_uri_reference(path: str, uri: str) -> None:
    assert artifact_uri(path) == uri
    assert URI_REFERENCE.fullmatch(artifact_uri(path))
    urlsplit(artifact_uri(path))


def uris_in(tree: Any) -> list[str]:
    if isinstance(tree, dict):
        own = [value for key, value in tree.items() if key in ("uri", "informationUri", "helpUri")]
        return own + [uri for value in tree.values() for uri in uris_in(value)]
    return [uri for item in tree for uri in uris_in(item)] if isinstance(tree, list) else []


def test_sarif_has_what_its_standard_and_its_readers_ask_for() -> None:
    log = to_sarif(audit(), "postgresql://me:secret@db.example.org/privacy?sslmode=require")
    [run] = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]

    assert log["version"] == "2.1.0"
    assert set(uris_in(log)) == {"privacy"}
    assert len(set(rules)) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
    prints = [result["partialFingerprints"]["dataflows/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_names_the_audit_with_which_one_is_compared() -> None:
    before, after = audit_snapshot(snapshot_of("vendors: [{id: gone, name: Gone}]", "2026-06-30")), audit()
    [run] = changes_to_sarif(after, compare_audits(before, after), "dataflows.db")["runs"]

    assert run["baselineGuid"] == to_sarif(before, "dataflows.db")["runs"][0]["automationDetails"]["guid"]
    assert run["baselineGuid"] != run["automationDetails"]["guid"]
    assert {result["baselineState"] for result in run["results"]} == {"new", "unchanged", "absent"}


def test_a_waived_finding_is_suppressed_in_sarif_and_set_apart_in_html() -> None:
    text = (
        FIRST_HOUR + "waivers: [{rule: missing-legal-basis, subject: zoom, by: Counsel, why: Asked, until: 2026-12-31}]"
    )
    found = audit(text)
    [run] = to_sarif(found, "dataflows.db")["runs"]
    suppressed = [result for result in run["results"] if result.get("suppressions")]
    page = render_audit(found, "html", "dataflows.db").decode()

    assert [result["ruleId"] for result in suppressed] == ["missing-legal-basis"]
    assert page.index("Waived, and not counted") < page.index("by Counsel until 2026-12-31")


def test_a_name_in_the_page_is_text_and_never_markup() -> None:
    name = '<script>alert(1)</script>\\" x=\\"y'
    text = f'vendors: [{{id: bad, name: "{name}"}}]\nflows: [{{id: f, to: bad, elements: [email]}}]'
    page = render_audit(audit(text), "html", "dataflows.db").decode()

    assert "<script>alert" not in page
    assert page.count("<script>") == 1
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_an_unknown_form_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="json, csv, sarif, html"):
        render_audit(audit(), "pdf", "dataflows.db")


def many_flows(number: int) -> str:
    flows = "".join(f"  - {{id: f{n}, to: ixl, elements: [email]}}\n" for n in range(number))
    return f"vendors: [{{id: ixl, name: IXL Learning}}, {{id: hudl, name: Hudl}}]\nflows:\n{flows}"


def test_a_page_shows_so_many_findings_at_most_and_says_how_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dataflows.reporting.audit_report.MOST_ROWS", 30)
    found = audit(many_flows(90))
    page = render_report(found, group="rule")
    groups = group_findings(found.open_findings, "rule")

    assert len(found.open_findings) > 90
    assert page.count('<article class="finding"') == 30
    for _title, findings in groups:
        assert f'<span class="number">{len(findings):,}</span>' in page
    assert "Of 90 the first " in page
    assert "<code>--format csv</code> has all" in page


def test_a_page_of_fewer_findings_is_whole_and_says_nothing_of_it() -> None:
    found = audit(many_flows(90))
    page = render_report(found)

    assert page.count('<article class="finding"') == len(found.findings)
    assert "stand here" not in page


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(0, 60))
def test_each_group_has_its_share_of_what_a_page_shows(sizes: list[int], most: int) -> None:
    one = audit().findings[0]
    shown = cap_groups([(str(number), [one] * size) for number, size in enumerate(sizes)], most)

    assert [group.number for group in shown] == sizes
    assert sum(len(group.findings) for group in shown) == min(most, sum(sizes))
    assert all(len(group.findings) >= min(group.number, most // len(sizes)) for group in shown)


def test_the_page_of_a_pack_names_the_file_that_has_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dataflows.reporting.audit_report.MOST_ROWS", 30)
    pack = PackFacts(
        lists=(),
        made_on=date(2026, 9, 1),
        known_at=None,
        head=None,
        faults=(),
        files=(),
        place_of=lambda _finding: None,
    )
    page = render_report(audit(many_flows(90)), pack)

    assert 'All are in <a href="findings.csv">findings.csv</a>' in page
    assert "--format csv" not in page
