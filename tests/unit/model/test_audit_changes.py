"""Two audits side by side: each finding is closed, stayed or came, and is in one of them only."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dataflows.model.audit_changes import compare_audits
from dataflows.model.audits import Audit
from dataflows.model.findings import About, Acts, Effect, Finding, Severity, Subject, Told


def finding(rule: str, citation: str = "", message: str = "") -> Finding:
    about = About(rule=rule, code="X-001", fix="Mend it.", do="Mend", acts=Acts.WE)
    subject = Subject("flow", "f")
    told = Told(message, Effect())
    return Finding(about=about, severity=Severity.ERROR, subject=subject, citation=citation, tell=lambda: told)


def audit(day: int, *findings: Finding) -> Audit:
    return Audit(district="Oak", as_of=date(2026, 1, day), findings=findings)


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.rule, f.citation or "") for f in findings]


def test_of_several_contents_that_an_agreement_lacks_the_one_that_was_added_is_closed() -> None:
    before = audit(1, finding("incomplete", "(C)(1)"), finding("incomplete", "(C)(2)"), finding("incomplete", "(C)(3)"))
    after = audit(2, finding("incomplete", "(C)(1)"), finding("incomplete", "(C)(3)"))
    changes = compare_audits(before, after)

    assert said(changes.closed) == [("incomplete", "(C)(2)")]
    assert said(changes.stayed) == [("incomplete", "(C)(1)"), ("incomplete", "(C)(3)")]
    assert changes.came == ()


def test_a_finding_whose_words_and_law_changed_meanwhile_is_still_the_same() -> None:
    before = audit(1, finding("late", "99.3", "3 days later"))
    after = audit(2, finding("late", "99.3, 8 NYCRR 121", "90 days later"))

    assert compare_audits(before, after).summary == {"closed": 0, "came": 0, "stayed": 1, "waived": 0}


RULES = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("12"), st.sampled_from("xy")), max_size=6)


@given(RULES, RULES)
def test_no_finding_is_lost_or_counted_twice(one: list[tuple[str, str, str]], two: list[tuple[str, str, str]]) -> None:
    changes = compare_audits(audit(1, *(finding(*row) for row in one)), audit(2, *(finding(*row) for row in two)))
    shared = Counter(rule for rule, *_ in one) & Counter(rule for rule, *_ in two)

    assert len(changes.stayed) == shared.total()
    assert len(changes.closed) + len(changes.stayed) == len(one)
    assert len(changes.came) + len(changes.stayed) == len(two)
