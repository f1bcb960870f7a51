"""SARIF 2.1.0: what its schema and its readers ask of a log, whatever was found and whatever things are called."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

import pytest

from dataflows.actions.audit import audit_snapshot, render_audit
from dataflows.model.audit_changes import compare_audits
from dataflows.reporting.sarif import changes_to_sarif, to_sarif
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.audits import Audit

DAY = "2026-09-01"
FOUND = """
vendors: [{id: ecole, name: "École Ñandú / <b> 100%"}, {id: b, name: "B  B"}, {id: rito, name: "理想 [1]"}]
flows:
  - {id: f-1, to: ecole, elements: [email], purpose: "Ünïcode {0}"}
  - {id: g, to: b, elements: [ssn]}
  - {id: h, to: rito, elements: [name]}
"""
WAIVED = FOUND + 'waivers: [{rule: missing-legal-basis, subject: f-1, by: "Zoë Ñ", why: Asked, until: 2026-12-31}]\n'
NOTHING = "district: {home_languages: [en]}\n"
CATALOGS = ("dataflows.db", "My list #2 é.db", "/srv/a b/ü.db", r"C:\data\é.db", "x:y.db", "100%.db", "日本/[1].db", "")
OF_A_RESULT = {"ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "properties"}
URI_REFERENCE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+")


def audited(text: str) -> Audit:
    return audit_snapshot(snapshot_of(text, DAY))


def logs(text: str, catalog: str) -> Iterator[dict[str, Any]]:
    """Yield the log of an audit, and that of its comparison with an audit before anything was there."""
    before, after = audited("vendors: [{id: gone, name: Gone}]"), audited(text)
    yield json.loads(json.dumps(to_sarif(after, catalog)))
    yield json.loads(json.dumps(changes_to_sarif(after, compare_audits(before, after), catalog)))


@pytest.mark.parametrize("text", [FOUND, WAIVED, NOTHING], ids=["found", "waived", "nothing"])
@pytest.mark.parametrize("catalog", CATALOGS)
def test_a_log_has_what_is_required_and_nothing_out_of_place(text: str, catalog: str) -> None:
    for log in logs(text, catalog):
        assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
        assert log["$schema"].endswith("sarif-schema-2.1.0.json")
        [run] = log["runs"]
        driver = run["tool"]["driver"]
        [artifact] = run["artifacts"]
        assert driver["name"] == "dataflows"
        assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
        assert UUID(run["automationDetails"]["guid"])
        assert URI_REFERENCE.fullmatch(artifact["location"]["uri"])
        assert urlsplit(artifact["location"]["uri"]).fragment == ""
        ids = [rule["id"] for rule in driver["rules"]]
        assert ids == sorted(set(ids))
        assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
        for result in run["results"]:
            _check_result(result, ids, artifact["location"]["uri"])
        assert {result["ruleId"] for result in run["results"]} == set(ids)


def _check_result(result: dict[str, Any], ids: list[str], uri: str) -> None:
    assert set(result) - {"suppressions", "baselineState"} == OF_A_RESULT
    assert ids[result["ruleIndex"]] == result["ruleId"]
    assert result["level"] in ("none", "note", "warning", "error")
    assert result["message"]["text"].strip()
    assert result.get("baselineState", "new") in ("new", "unchanged", "updated", "absent")
    [location] = result["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": uri, "index": 0}
    assert location["physicalLocation"]["region"]["startLine"] >= 1
    assert all(place["fullyQualifiedName"] for place in location["logicalLocations"])
    assert all(isinstance(text, str) and text for text in result["partialFingerprints"].values())
    for suppression in result.get("suppressions", []):
        assert suppression["kind"] in ("inSource", "external")
        assert suppression["status"] in ("accepted", "underReview", "rejected")
        assert suppression["justification"]


@pytest.mark.parametrize("catalog", CATALOGS[:-1])
def test_the_address_of_a_catalog_leads_back_to_its_name(catalog: str) -> None:
    [run] = to_sarif(audited(NOTHING), catalog)["runs"]
    path = unquote(urlsplit(run["artifacts"][0]["location"]["uri"]).path)

    assert path.endswith(catalog.replace("\\", "/"))


def test_a_waived_finding_says_by_whom_and_no_other_is_suppressed() -> None:
    [run] = to_sarif(audited(WAIVED), "dataflows.db")["runs"]
    waived = [result for result in run["results"] if "suppressions" in result]

    assert [result["locations"][0]["logicalLocations"][0]["name"] for result in waived] == ["f-1"]
    assert "Zoë Ñ" in waived[0]["suppressions"][0]["justification"]


def test_names_in_any_script_come_out_as_they_are_written() -> None:
    text = render_audit(audited(FOUND), "sarif", "é é.db").decode("utf-8")

    assert "École Ñandú / <b> 100%" in json.dumps(json.loads(text), ensure_ascii=False)
    assert "理想 [1]" in json.dumps(json.loads(text), ensure_ascii=False)


def test_what_finds_nothing_is_a_log_without_results_all_the_same() -> None:
    from tests.machine import CHECKOUT

    lawful = (CHECKOUT / "tests" / "data" / "lawful.yaml").read_text(encoding="utf-8").replace("catalog: 1\n", "")
    [run] = to_sarif(audited(lawful), "dataflows.db")["runs"]

    assert run["results"] == []
    assert run["tool"]["driver"]["rules"] == []
