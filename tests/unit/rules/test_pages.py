"""Every rule has its page, and its page is right: what fails is found, what passes is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dataflows import assets
from dataflows.law.documents import read_yaml
from dataflows.rules import FAMILIES, RULES
from dataflows.rules.pages import read_page
from dataflows.rules.run import check_snapshot
from tests.machine import CHECKOUT
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from dataflows.model.findings import Finding
    from dataflows.rules.base import Rule

FOLDER = assets.folder("schemas") / "rules"
DAY = re.compile(r"^valid_on: (.*)\n", re.MULTILINE)


def audit(example: str) -> list[Finding]:
    """Run every rule over an example of a page; its day is 2026-10-01 unless it says another."""
    day = DAY.search(example)
    return list(check_snapshot(snapshot_of(DAY.sub("", example), day[1] if day else "2026-10-01")))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_example_that_fails_is_found(rule: Rule) -> None:
    found = [finding for finding in audit(read_page(rule).fails) if finding.rule == rule.name]

    assert found
    assert all(finding.message.strip() and "{" not in finding.message for finding in found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_example_that_passes_is_not(rule: Rule) -> None:
    assert [finding.message for finding in audit(read_page(rule).passes) if finding.rule == rule.name] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_page_is_about_its_rule_and_whole(rule: Rule) -> None:
    page = read_page(rule)
    names = {other.name for other in RULES}

    assert (page.code, page.name) == (rule.code, rule.name)
    assert set(page.yields_to) <= names - {rule.name}
    for text in (page.finds, page.says, page.cure, page.why):
        assert text.endswith((".", '."', "{law}")), text
    assert not page.do.endswith(".")
    assert page.fails != page.passes


def test_no_page_is_without_its_rule() -> None:
    pages = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("*/*.yaml")}

    assert pages == {f"{rule.family}/{rule.name}" for rule in RULES}


def test_codes_and_names_are_given_once_and_families_are_whole() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    for family, rules in FAMILIES.items():
        assert {rule.family for rule in rules} == {family}
        assert [rule.code for rule in rules] == sorted(rule.code for rule in rules)


def test_no_rule_yields_in_a_circle() -> None:
    yields = {rule.name: set(read_page(rule).yields_to) for rule in RULES}
    for name in yields:
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            fresh = yields[waiting.pop()] - seen
            seen |= fresh
            waiting += sorted(fresh)
        assert name not in seen


def test_every_setting_says_why() -> None:
    assert all(
        set(row) == {"value", "why"} and row["why"].endswith(".") for row in read_yaml("rules/settings").values()
    )


NEWEST = {
    "BAS": 28, "RED": 18, "AGR": 21, "MIN": 14, "COP": 14, "DIR": 18, "NOT": 30, "REC": 10, "STA": 9, "EVI": 8,
    "DAT": 14, "INC": 6, "POS": 4,
}  # fmt: skip
"""The last number of each family of codes that the law pages give."""


def test_a_code_without_a_rule_stands_on_the_page_of_those_with_its_reason() -> None:
    page = (CHECKOUT / "docs/reference/rules-not-answered.md").read_text(encoding="utf-8")
    known = {rule.code for rule in RULES}
    rows = {cells[1].strip(): cells[3].strip() for line in page.splitlines() if len(cells := line.split("|")) > 4}

    for family, newest in NEWEST.items():
        for number in range(1, newest + 1):
            code = f"{family}-{number:03}"
            assert (code in known) is not bool(rows.get(code)), code
