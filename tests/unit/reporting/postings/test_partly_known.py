"""What a posting knows in part says which part is missing; what gets data is never left out for want of a row."""

from __future__ import annotations

from datetime import date

import pytest

from dataflows.actions.write_notice import WrittenNotice, write_notice
from tests.snapshots import snapshot_of

DAY = date(2026, 9, 1)


def written(text: str, kind: str, state: str, language: str = "en") -> WrittenNotice:
    snapshot = snapshot_of(f"district: {{state: {state}, home_languages: [en, es]}}\n{text}", DAY.isoformat())
    return write_notice(snapshot, kind, issued=DAY, suffix=".md", language=language)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "*Not yet available, asked on September 1, 2026: the day on which it was signed.*"),
        ("es", "*Todavía no disponible; se pidió el 1 de septiembre de 2026: el día en que se firmó.*"),
    ],
)
def test_a_contract_without_the_day_of_signing_names_that_day(language: str, expected: str) -> None:
    text = """
vendors: [{id: v, name: V One}]
agreements: [{id: a, vendor: v, kind: dpa, document_url: "https://v.example/a.pdf"}]
flows: [{id: f, to: v, elements: [name], purpose: {en: Reading, es: Lectura}, agreement: a}]
"""
    assert expected in written(text, "ct-contract-notice", "CT", language).content.decode()


def test_marylands_list_has_a_vendor_that_gets_data_and_names_no_product() -> None:
    text = """
vendors: [{id: v, name: V One}, {id: w, name: W Two}, {id: x, name: X Host}]
flows:
  - {id: f, to: v, elements: [name], purpose: Reading}
  - {id: g, from: v, to: x, elements: [name], purpose: Hosting}
"""
    made = written(text, "md-digital-tools", "MD")

    assert "| V One | V One | Reading |" in made.content.decode()
    assert "W Two" not in made.content.decode()
    assert "X Host" not in made.content.decode()
    assert made.gaps == ("vendors.v.products",)


def test_californias_checklist_misses_the_contract_of_a_vendor_that_has_none() -> None:
    text = "vendors: [{id: v, name: V One}]\nflows: [{id: f, to: v, elements: [name], purpose: Reading}]"

    assert "flows.f.agreement" in written(text, "ca-contract-checklist", "CA").gaps
