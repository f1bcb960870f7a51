"""Legal bases are found by any usual spelling, and what is none is answered with what is right."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.law.bases import (
    UnknownBasisError,
    basis_groups,
    find_basis,
    format_citation,
    held_on,
    legal_bases,
    members_of,
    overlays,
    resolve_basis,
)
from dataflows.law.documents import read_law

EVERY_ROW = [
    "99.30",
    "99.31(a)(1)(i)(A)",
    "99.31(a)(1)(i)(B)",
    "99.31(a)(2)",
    "99.31(a)(3)(i)",
    "99.31(a)(3)(ii)",
    "99.31(a)(3)(iii)",
    "99.31(a)(3)(iv)",
    "99.31(a)(4)",
    "99.31(a)(5)(i)(A)",
    "99.31(a)(5)(i)(B)",
    "99.31(a)(6)(i)(A)",
    "99.31(a)(6)(i)(B)",
    "99.31(a)(6)(i)(C)",
    "99.31(a)(7)",
    "99.31(a)(8)",
    "99.31(a)(9)(i)",
    "99.31(a)(9)(ii)(A)",
    "99.31(a)(9)(ii)(B)",
    "99.31(a)(9)(ii)(C)",
    "99.31(a)(9)(iii)(A)",
    "99.31(a)(9)(iii)(B)",
    "20-USC-1232g(b)(2)(B)",
    "99.31(a)(10)",
    "99.37",
    "99.31(a)(12)",
    "99.31(a)(13)",
    "99.31(a)(14)",
    "99.31(a)(15)",
    "99.31(a)(16)",
    "99.31(b)(1)",
    "99.31(b)(2)",
    "99.33(b)",
    "99.33(a)(2)",
    "99.36(b)(3)",
    "20-USC-1232g(b)(1)(K)",
    "20-USC-1232g(b)(1)(L)",
    "20-USC-7908",
    "300.622",
    "not-education-record",
]


def test_every_basis_of_the_law_is_there() -> None:
    assert list(legal_bases()) == EVERY_ROW


def test_every_citation_name_and_other_name_means_its_own_basis() -> None:
    for basis in legal_bases().values():
        for spelling in (
            basis.citation,
            basis.name,
            *basis.also_called,
            *basis.same_as,
            format_citation(basis.citation),
        ):
            if basis.name != "not-education-record" or spelling in (basis.citation, *basis.also_called):
                assert resolve_basis(spelling) == basis.citation, spelling
    for group in basis_groups().values():
        for spelling in (group.citation, group.name or group.citation, *group.also_called, *group.same_as):
            assert resolve_basis(spelling) == group.citation, spelling


def test_no_word_means_two_things() -> None:
    seen: dict[str, str] = {}
    rows = [*legal_bases().values(), *basis_groups().values()]
    for row in rows:
        for spelling in {row.citation, row.name or row.citation, *row.also_called, *row.same_as}:
            assert seen.setdefault(spelling.casefold(), row.citation) == row.citation, spelling
    for row in read_law("legal-bases")["not_bases"]:
        assert row["citation"] not in seen


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("34 CFR 99.31(a)(1)(i)(B)", "99.31(a)(1)(i)(B)"),
        ("34 C.F.R. § 99.31(a)(1)(i)(B)", "99.31(a)(1)(i)(B)"),
        ("§99.31 (a)(1)(i)(B)", "99.31(a)(1)(i)(B)"),
        ("§\u202f99.31\u00a0(a) (1) (i) (B)", "99.31(a)(1)(i)(B)"),
        ("34 CFR Part 99, section 99.31(a)(3)(iv)", "99.31(a)(3)(iv)"),
        ("99.31(A)(1)(I)(b)", "99.31(a)(1)(i)(B)"),
        ("99.31(a)(1)(i)B", "99.31(a)(1)(i)(B)"),
        ("99.31a1iB", "99.31(a)(1)(i)(B)"),
        ("99.31.a.1.i.B", "99.31(a)(1)(i)(B)"),
        ("FERPA 99.30", "99.30"),
        ("ferpa § 99.30(a)", "99.30"),
        ("20 USC 7908", "20-USC-7908"),
        ("20-usc-7908", "20-USC-7908"),
        ("20 U.S.C. § 7908(a)(1)", "20-USC-7908"),
        ("section 9528 of ESEA", "20-USC-7908"),
        ("20-USC-1232g(b)(1)(L)", "20-USC-1232g(b)(1)(L)"),
        ("20 USC 1232g(b)(1)(L)", "20-USC-1232g(b)(1)(L)"),
        ("1232g(b)(1)(L)", "20-USC-1232g(b)(1)(L)"),
        ("1232g (b)(1)(k)", "20-USC-1232g(b)(1)(K)"),
        ("20 USC 1232g(b)(1)(F)", "99.31(a)(6)"),
        ("99.31(a)(11)", "99.37"),
        ("99.36", "99.31(a)(10)"),
        ("school-official-contractor", "99.31(a)(1)(i)(B)"),
        ("School Official Contractor", "99.31(a)(1)(i)(B)"),
        ("school_official", "99.31(a)(1)(i)(B)"),
        (" Directory Information ", "99.37"),
        ("study", "99.31(a)(6)"),
        ("audit", "99.31(a)(3)"),
        ("99.31(a)(6)", "99.31(a)(6)"),
        ("99.31(a)(1)", "99.31(a)(1)"),
        ("99.31", "99.31"),
        ("directory", "99.37"),
        ("emergency", "99.31(a)(10)"),
        ("subpoena", "99.31(a)(9)"),
        ("transfer", "99.31(a)(2)"),
        ("parent", "99.31(a)(12)"),
        ("recruiter", "20-USC-7908"),
        ("consent", "99.30"),
        ("not-education-record", "not-education-record"),
        ("Not Education Record", "not-education-record"),
    ],
)
def test_usual_spellings_are_understood(text: str, citation: str) -> None:
    assert resolve_basis(text, "vendor") == citation


@pytest.mark.parametrize(
    ("receiver", "citation"),
    [
        ("district", "99.31(a)(1)(i)(A)"),
        ("school", "99.31(a)(1)(i)(A)"),
        ("vendor", "99.31(a)(1)(i)(B)"),
        ("outside", "99.31(a)(1)(i)(B)"),
        (None, "99.31(a)(1)(i)(B)"),
    ],
)
def test_a_school_official_is_inside_or_outside(receiver: str | None, citation: str) -> None:
    assert resolve_basis("school-official", receiver) == citation


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("school-offical", "There is no legal basis called 'school-offical'.", "Did you mean 'school-official'?"),
        ("Directry", "There is no legal basis called 'Directry'.", "Did you mean 'directory'?"),
        ("99.31(a)(1)(i)(B)(2)", "There is no legal basis called '99.31(a)(1)(i)(B)(2)'.", "'99.31(a)(1)(i)(B)'?"),
        ("99.31(a)(1)(1)", "There is no legal basis called '99.31(a)(1)(1)'.", "Did you mean"),
        ("99.33(e)", "'99.33(e)' is no legal basis. The five-year bar", "Name the paragraph"),
        ("34 CFR 99.33(e)", "'99.33(e)' is no legal basis. The five-year bar", "Name the paragraph"),
        ("99.33(a)", "'99.33(a)' is no legal basis. It limits", "Did you mean '99.33(b)' or '99.33(a)(2)'?"),
        ("99.32(d)(2)", "'99.32(d)(2)' is no legal basis. It says which disclosures", "Name the paragraph"),
        ("99.31(a)(6)(iii)(C)", "'99.31(a)(6)(iii)(C)' is no legal basis. It is a condition", "'99.31(a)(6)(i)(A)' or"),
        ("FERPA", "'ferpa' is no legal basis. It is the whole law", "Name the paragraph"),
        ("coppa", "'coppa' is no legal basis. It restricts", "Name the paragraph"),
        ("opt out", "'opt-out' is no legal basis. Silence", "Did you mean '99.37' or '20-USC-7908'?"),
        ("99.3", "'99.3' is no legal basis. It defines words. A spreadsheet", "Did you mean '99.30' or"),
        ("zzz", "There is no legal basis called 'zzz'.", "Write a citation such as"),
        ("", "There is no legal basis called ''.", "Write a citation such as"),
        ("§", "There is no legal basis called '§'.", "Write a citation such as"),
        ("99", "There is no legal basis called '99'.", ""),
    ],
)
def test_what_is_no_basis_is_answered_with_what_is_right(text: str, message: str, hint: str) -> None:
    with pytest.raises(UnknownBasisError) as error:
        resolve_basis(text, "vendor")

    assert error.value.message.startswith(message)
    assert hint in (error.value.hint or "")
    assert str(error.value) == f"{error.value.message} {error.value.hint}"


def test_a_long_text_is_cut_in_the_message() -> None:
    with pytest.raises(UnknownBasisError) as error:
        resolve_basis("x" * 10_000)

    assert len(str(error.value)) < 250


@given(st.text(max_size=40), st.sampled_from(["district", "vendor", None]))
def test_any_text_names_a_known_basis_or_is_refused(text: str, receiver: str | None) -> None:
    try:
        found = resolve_basis(text, receiver)
    except UnknownBasisError:
        return
    assert found in legal_bases() or found in basis_groups()


@given(
    st.sampled_from(EVERY_ROW[:-1]), st.sampled_from(["", " ", "  "]), st.sampled_from(["", "§ ", "34 CFR ", "FERPA "])
)
def test_spaces_and_titles_change_nothing(citation: str, space: str, before: str) -> None:
    assert resolve_basis(before + citation.replace("(", f"{space}(").lower()) == citation


def test_resolving_a_canonical_citation_gives_it_back() -> None:
    for citation in (*legal_bases(), *basis_groups()):
        assert resolve_basis(citation) == citation


@pytest.mark.parametrize(
    ("citation", "day", "holds"),
    [
        ("99.31(a)(1)(i)(B)", date(2009, 1, 7), False),
        ("99.31(a)(1)(i)(B)", date(2009, 1, 8), True),
        ("20-USC-1232g(b)(1)(L)", date(2013, 1, 13), False),
        ("20-USC-1232g(b)(1)(L)", date(2013, 1, 14), True),
        ("20-USC-1232g(b)(1)(K)", date(2010, 12, 12), False),
        ("20-USC-1232g(b)(1)(K)", date(2010, 12, 13), True),
        ("99.30", date(1974, 11, 18), False),
        ("99.30", date(1974, 11, 19), True),
        ("99.31(a)(16)", date(1980, 1, 1), True),
    ],
)
def test_a_basis_holds_from_its_first_day(citation: str, day: date, holds: bool) -> None:
    assert held_on(legal_bases()[citation], day) is holds


def test_study_agreements_may_return_the_data_until_the_rule_of_2011() -> None:
    terms = legal_bases()["99.31(a)(6)(i)(C)"].terms

    def alternatives(day: date) -> list[str | None]:
        return [term.alternative for term in terms if term.term == "destruction_required" and day in term.period]

    assert alternatives(date(2012, 1, 2)) == ["disposition"]
    assert alternatives(date(2012, 1, 3)) == [None]
    assert alternatives(date(2009, 1, 7)) == []


@pytest.mark.parametrize(
    ("citation", "record", "notice", "tell", "redisclosure"),
    [
        ("99.30", "none", "none", True, "prohibited"),
        ("99.31(a)(1)(i)(A)", "none", "criteria", True, "prohibited"),
        ("99.31(a)(1)(i)(B)", "none", "criteria", True, "on-behalf"),
        ("99.31(a)(2)", "required", "optional-statement", True, "prohibited"),
        ("99.31(a)(3)(iv)", "required-with-contents", "none", True, "on-behalf"),
        ("99.31(a)(6)(i)(C)", "required", "none", True, "prohibited"),
        ("99.31(a)(9)(i)", "required", "none", False, "free"),
        ("99.31(a)(9)(ii)(B)", "none", "none", False, "free"),
        ("99.31(a)(10)", "required-with-contents", "none", True, "prohibited"),
        ("99.37", "none", "own-notice", False, "free"),
        ("99.31(a)(13)", "required", "none", True, "prohibited"),
        ("99.31(a)(14)", "required", "none", False, "free"),
    ],
)
def test_what_follows_from_a_basis(citation: str, record: str, notice: str, tell: bool, redisclosure: str) -> None:
    basis = legal_bases()[citation]

    assert (basis.record, basis.annual_notice) == (record, notice)
    assert (basis.tell_recipient_of_limits, basis.redisclosure) == (tell, redisclosure)


def test_the_bases_of_99_33_c_are_free_onward_and_need_no_warning() -> None:
    listed = [f"99.31(a)({n})" for n in (8, 12, 14, 15, 16)] + ["99.37", *members_of("99.31(a)(9)")]
    for citation in listed:
        assert legal_bases()[citation].redisclosure == "free"
        assert legal_bases()[citation].tell_recipient_of_limits is False


def test_only_colleges_have_three_of_them() -> None:
    assert [b.citation for b in legal_bases().values() if not b.k12] == [f"99.31(a)({n})" for n in (13, 14, 15)]


def test_agreements_are_demanded_where_the_law_demands_them() -> None:
    always = {b.citation for b in legal_bases().values() if b.requires_agreement == "always"}
    representatives = {b.citation for b in legal_bases().values() if b.requires_agreement == "representatives"}

    assert always == {"99.30", *members_of("99.31(a)(6)")}
    assert representatives == set(members_of("99.31(a)(3)"))


@pytest.mark.parametrize(
    ("citation", "kind", "level", "reaches"),
    [
        ("99.31(a)(1)(i)(A)", "vendor", None, False),
        ("99.31(a)(1)(i)(A)", "district", None, True),
        ("99.31(a)(1)(i)(B)", "vendor", None, True),
        ("99.31(a)(1)(i)(B)", "service-agency", None, True),
        ("99.31(a)(1)(i)(B)", "public", None, False),
        ("99.31(a)(3)(iv)", "agency", "state", True),
        ("99.31(a)(3)(iv)", "agency", "federal", False),
        ("99.31(a)(3)(iv)", "agency", None, True),
        ("99.31(a)(2)", "vendor", None, False),
        ("99.31(a)(10)", "public", None, True),
    ],
)
def test_a_basis_reaches_its_receivers(citation: str, kind: str, level: str | None, reaches: bool) -> None:
    assert legal_bases()[citation].reaches(kind, level) is reaches


def test_a_paragraph_above_several_has_members_and_is_no_basis() -> None:
    assert find_basis("99.31(a)(6)") is None
    assert members_of("99.31(a)(6)") == tuple(f"99.31(a)(6)(i)({letter})" for letter in "ABC")
    assert members_of("99.31(a)(1)") == ("99.31(a)(1)(i)(A)", "99.31(a)(1)(i)(B)")
    assert members_of("99.30") == ()


def test_overlays_restrict_and_are_never_bases() -> None:
    assert set(overlays()) == {"nsla", "idea", "mckinney-vento", "ppra", "coppa"}
    assert not set(overlays()) & set(legal_bases())


@pytest.mark.parametrize(
    ("citation", "written"),
    [
        ("99.31(a)(1)(i)(B)", "34 CFR 99.31(a)(1)(i)(B)"),
        ("300.622", "34 CFR 300.622"),
        ("20-USC-7908", "20 U.S.C. 7908"),
        ("20-USC-1232g(b)(1)(L)", "20 U.S.C. 1232g(b)(1)(L)"),
        ("not-education-record", "not an education record (34 CFR 99.3)"),
        ("16 CFR 312.10", "16 CFR 312.10"),
    ],
)
def test_citations_are_written_for_readers(citation: str, written: str) -> None:
    assert format_citation(citation) == written
