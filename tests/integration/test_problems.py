"""All problems of all files come in one run, each with its place and what would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.catalogs import OAK, Bench

if TYPE_CHECKING:
    from pathlib import Path

VENDORS = f"{OAK}vendors: [{{id: zoom, name: Zoom}}, {{id: aws, name: Amazon}}]\n"
MARKS = "123-45-6789"
"""Written like a social security number, and nobody's."""


def flow(fields: str) -> str:
    return f"{VENDORS}flows: [{{id: f, to: zoom, elements: [email], {fields}}}]\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (flow("vai: aws"), "4:51: flows[f].vai: There is no field called 'vai' here. Did you mean 'via'?"),
        (flow("legal_basis: school-offical"), "Did you mean 'school-official'?"),
        (flow("starts: 2026-02-30"), "4:54: flows[f].starts: There is no day 2026-02-30."),
        (flow("starts: 2026-06-30, ends: 2026-06-29"), "4:72: flows[f].ends: It ends on 2026-06-29, before it begins"),
        (flow("agreement: zoom-202"), "There is no agreement called 'zoom-202'."),
        (flow("via: zom"), "There is no vendor called 'zom'. Did you mean 'zoom'?"),
        (flow("via: zoom"), "'zoom' is an end of the flow"),
        (flow("via: oak"), "There is no vendor called 'oak'."),
        (flow("from: zoom"), "The flow goes from 'zoom' to itself."),
        (flow("channel: rooster"), "There is no choice 'rooster' here."),
        (flow("retention_days: -1"), "'-1' is not a whole number."),
        (flow("opt_out: yes"), "Expected a mapping of fields, found the value 'yes'."),
        (flow("sources: [{}]"), "flows[f].sources[0]: This entry says nothing."),
        (flow("sources: [{title: null}]"), "This entry says nothing."),
        (flow("audience: {schools: [elm]}"), "flows[f].audience.schools[0]: There is no school called 'elm'."),
        (flow("required_elements: [e-mail]"), "There is no element called 'e-mail'. Did you mean 'email'?"),
        (flow("purpose: {en: a, EN: b}"), "stands there twice"),
        (f"{VENDORS}flows: [{{id: f, to: oak, elements: [email]}}]\n", "The flow goes from 'oak' to itself."),
        (f"{VENDORS}flows: [{{id: f, to: zoom, elements: []}}]\n", "The flow carries no elements."),
        (f"{VENDORS}flows: [{{id: f, to: zoom}}]\n", "The field 'elements' is missing."),
        (
            f"{VENDORS}flows: [{{id: f, to: Zoom, elements: [email]}}]\n",
            "There is no party called 'Zoom'. Write 'zoom'.",
        ),
        (f"{VENDORS}flows: [{{to: zoom, elements: [email]}}]\n", "The row has no 'id'."),
        (
            f"{VENDORS}agreements: [{{id: a, vendor: zoom, kind: dpa, terms: {{audit_rigth: yes}}}}]\n",
            "Did you mean 'audit_right'?",
        ),
        (
            f"{VENDORS}agreements: [{{id: a, vendor: zoom, kind: dpa, terms: {{breach_notice_hours: 1:30}}}}]\n",
            "'1:30' is not a whole number.",
        ),
        (
            f"{VENDORS}agreements: [{{id: a, vendor: zoom, kind: dpa, effective: 2021-01-01, expires: 2020-12-31}}]\n",
            "It ends on 2020-12-31",
        ),
        (
            f"{VENDORS}agreements: [{{id: a, vendor: students, kind: dpa, subprocessors: [zom]}}]\n",
            "Did you mean 'zoom'?",
        ),
        (
            f"{OAK}vendors: [{{id: v, name: {'A' * 10_001}}}]\n",
            "The text has 10,001 characters; here are at most 10,000.",
        ),
        (
            f"{VENDORS}flows: [{{id: f, to: zoom, elements: [email], note: {'A' * 1_000_001}}}]\n",
            "The text has 1,000,001 characters; here are at most 1,000,000.",
        ),
        *(
            (
                f"catalog: 1\ndistrict: {{id: oak, name: Oak, state: MD, school_year: {{{name}: '{day}'}}}}\n",
                f"district.school_year.{name}: '{day}' is not a month and day, MM-DD.",
            )
            for name, day in (("starts", "02-30"), ("ends", "06-31"), ("midyear", "13-01"), ("ends", "11-00"))
        ),
        (f"{OAK}vendors: [{{id: students, name: S}}]\n", "The id 'students' stands for the students themselves."),
        (f"{OAK}vendors: [{{id: oak, name: Oak}}]\n", "The id 'oak' stands for the district."),
        (f"{OAK}parties: [{{id: oak, name: Oak, kind: school}}]\n", "The id 'oak' stands for the district."),
        (f"{OAK}vendors: [{{id: Zoom, name: Zoom}}]\n", "Write 'zoom'."),
        (f"{OAK}vendors: [{{id: sen\u0303or, name: X}}]\n", "Write 'senor'."),
        (f"{OAK}vendors: [{{id: zo\u043em, name: X}}]\n", "can't be an id"),
        (f"{OAK}vendors: [{{id: {'x' * 101}, name: X}}]\n", "at most 100"),
        (f"{OAK}vendors: [{{id: a, name: ''}}]\n", "The text is empty."),
        (f"{OAK}parties: [{{id: a, name: A, kind: agancy}}]\n", "Did you mean 'agency'?"),
        (f"{OAK}schools: [{{id: a, name: A, grades: K-x}}]\n", "'K-x' is not a grade."),
        (f"{OAK}schools: [{{id: a, name: A, nces_id: '123'}}]\n", "'123' is not twelve digits"),
        (f"{OAK}elements: [{{id: email, category: other}}]\n", "has the category 'student-contact', which stays"),
        (f"{OAK}elements: [{{id: email, category: meals}}]\n", "which stays"),
        (f"{OAK}elements: [{{id: emial, sensitivity: low}}]\n", "Did you mean 'email'?"),
        (
            f"{OAK}waivers: [{{rule: r, subject: {'x' * 400}, by: A, why: B, until: 2026-01-01}}]\n",
            "has 400 characters",
        ),
        (f"{OAK}releases: [{{id: r, flow: f, date: 2026-01-01, interest: I}}]\n", "There is no flow called 'f'."),
        (f"{OAK}incidents: [{{id: i, party: zoom, discovered: 2026-13-01}}]\n", "There is no day 2026-13-01."),
        ("catalog: 1\ndistrict: {id: new, name: New}\n", "The field 'state' is missing."),
        ("catalog: 1\ndistrict: {id: students, name: New, state: MD}\n", "stands for the students themselves"),
        (OAK.replace("MD", "MD, home_languages: []"), "2:74: district.home_languages: The list names no language"),
        ("catalog: 1\ndistrict: {id: Oak County, name: New, state: MD}\n", "Write 'oak-county'."),
        ("catalog: 1\ndistrict: {name: New, state: MD}\n", "'id'"),
    ],
)
def test_a_mistake_is_named_with_its_place_and_what_would_be_right(text: str, said: str, bench: Bench) -> None:
    problems = bench.problems(text)

    assert any(said in problem for problem in problems), problems
    assert all(problem.partition(":")[0].isdigit() for problem in problems), problems


def test_all_problems_of_all_files_come_in_one_run(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"catalog": 1, "district": {"id": "oak", "id": "oak"}}', encoding="utf-8")
    (tmp_path / "vendors.csv").write_text("id,name,url\nx,,javascript:x\n,Y,\n", encoding="utf-8")
    first = f"{VENDORS}flows: [{{id: f, to: zom, elements: [e-mail], starts: 2026-02-30}}]\n"
    second = f"{OAK}schools: [{{id: a, name: A}}, {{id: a, name: B}}]\nflow: []\n"
    bench.apply(OAK)

    plan = bench.plan(first, second, tmp_path / "bad.json", tmp_path / "vendors.csv", tmp_path / "absent.yaml")

    found = [
        (problem.location.file.rsplit("/", 1)[-1].rsplit("-", 1)[-1], problem.location.line)
        for problem in plan.problems
    ]
    assert sorted(found, key=str) == sorted(
        [
            ("1.yaml", 4),
            ("1.yaml", 4),
            ("1.yaml", 4),
            ("2.yaml", 3),
            ("2.yaml", 4),
            ("bad.json", 1),
            ("vendors.csv", 2),
            ("vendors.csv", 2),
            ("vendors.csv", 3),
            ("absent.yaml", None),
        ],
        key=str,
    )


def test_files_with_problems_change_nothing(bench: Bench) -> None:
    bench.apply(VENDORS)
    before = bench.run("SELECT * FROM journal ORDER BY list, id")

    with pytest.raises(AssertionError, match="javascript"):
        bench.apply(f"{OAK}vendors: [{{id: good, name: Good}}, {{id: bad, name: Bad, url: 'javascript:x'}}]\n")

    assert bench.run("SELECT * FROM journal ORDER BY list, id") == before
    assert len(bench.catalog.log()) == 1


def test_a_sheet_of_many_faults_names_each_one_with_its_cell(bench: Bench, tmp_path: Path) -> None:
    bench.apply(OAK)
    faults = {
        7: ("v7", "V7", "", "bogus", ""),
        20: ("", "V20", "", "", ""),
        33: ("v33", "V33", "ftp://x", "", ""),
        50: ("V50", "", "", "", ""),
        51: ("v10", "Again", "", "", ""),
        90: ("v90", "V90", "javascript:x", "sis", "maybe"),
        120: ("v120", "V120", "x y", "", ""),
        200: ("v200", "\u0007", "", "", ""),
        299: ("v299", "V299", "", "curiculum", ""),
    }
    rows = [faults.get(number, (f"v{number}", f"Vendor {number}", "", "", "")) for number in range(2, 302)]
    lines = ["id,name,url,category,nonprofit", *map(",".join, rows)]
    (tmp_path / "vendors.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    plan = bench.plan(tmp_path / "vendors.csv")

    assert [(problem.location.line, problem.location.column) for problem in plan.problems] == [
        (7, 4),
        (20, 1),
        (33, 3),
        (50, 1),
        (50, 2),
        (51, 1),
        (90, 3),
        (90, 5),
        (120, 3),
        (200, 2),
        (299, 4),
    ]
    assert "Did you mean 'curriculum'?" in str(plan.problems[-1])


@pytest.mark.parametrize(
    "rows",
    [
        "vendors: [{id: a, name: A}, {id: a, name: B}]",
        "vendors: [{id: a, name: A}]\nparties: [{id: a, name: B, kind: agency}]",
        "waivers: [{rule: r, subject: s, by: A, why: B, until: 2026-01-01}, {rule: r, subject: s, by: C, why: D}]",
        "elements: [{id: email, sensitivity: low}, {id: email, sensitivity: high}]",
    ],
)
def test_an_id_stands_once(rows: str, bench: Bench) -> None:
    [problem] = bench.problems(f"{OAK}{rows}\n")

    assert "is there twice; the first is in" in problem
    assert "line 3." in problem


def test_a_contact_stands_once(bench: Bench) -> None:
    [problem] = bench.problems(
        OAK.replace("MD", "MD, contacts: [{role: opt_out, title: A}, {role: opt_out, title: A}]")
    )

    assert "'opt_out' is there twice" in problem


def test_an_id_stands_once_in_all_files_of_a_run(bench: Bench) -> None:
    [problem] = bench.problems(f"{OAK}vendors: [{{id: a, name: A}}]\n", f"{OAK}vendors: [{{id: a, name: A}}]\n")

    assert "The id 'a' is there twice; the first is in" in problem


def test_two_districts_may_use_the_same_ids(bench: Bench) -> None:
    bench.apply(VENDORS, VENDORS.replace("id: oak", "id: elm"))

    bench.check_whole()


def test_ids_of_vendors_and_parties_are_shared_with_what_the_catalog_holds(bench: Bench) -> None:
    bench.apply(VENDORS)

    [problem] = bench.problems(f"{OAK}parties: [{{id: zoom, name: Zoom, kind: other}}]\n")

    assert problem.startswith("3:16: parties[zoom].id: The id 'zoom' is there already, in vendors.")


SIGNED = (
    f"{VENDORS}agreements: [{{id: z, vendor: zoom, kind: dpa}}, {{id: a, vendor: aws, kind: dpa}}]\n"
    "flows: [{id: f, to: zoom, elements: [email], agreement: z}]\n"
)


@pytest.mark.parametrize("first", ["agreements", "flows"])
def test_a_new_flow_cannot_rest_on_another_vendors_agreement(first: str, bench: Bench) -> None:
    head, agreements, flows = (
        SIGNED.replace("agreement: z}", "agreement: a}").partition("agreements:")[0],
        *(f"agreements:{part}" for part in SIGNED.replace("agreement: z}", "agreement: a}").split("agreements:")[1:]),
        "",
    )
    lists = agreements.splitlines(keepends=True)

    [problem] = bench.problems(head + "".join(lists if first == "agreements" else reversed(lists)) + flows)

    assert "flows[f].agreement: Agreement 'a' is with 'aws', which neither sends nor receives this flow." in problem


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ("flows: [{id: f, agreement: a}]", "flows[f].agreement"),
        ("flows: [{id: f, to: aws}]", "flows[f]"),
        ("agreements: [{id: z, vendor: aws}]", "agreements[z].vendor"),
        ("agreements: [{id: z, vendor: aws}]\nflows: [{id: f, purpose: P}]", "flows[f]"),
    ],
)
def test_a_change_cannot_part_a_flow_from_its_agreement(given: str, where: str, bench: Bench) -> None:
    bench.apply(SIGNED)

    problems = bench.problems(f"{OAK}{given}\n")

    assert len(problems) == 1, problems
    assert where in problems[0]
    assert "greement" in problems[0]


@pytest.mark.parametrize("ends", ["from: zoom, to: aws", "from: aws, to: zoom", "from: students, to: zoom"])
def test_an_agreement_of_the_sender_or_the_receiver_is_right(ends: str, bench: Bench) -> None:
    bench.apply(SIGNED)

    assert bench.problems(f"{OAK}flows: [{{id: g, {ends}, elements: [email], agreement: z}}]\n") == []


def test_a_flow_and_its_agreement_may_change_hands_together(bench: Bench) -> None:
    bench.apply(SIGNED)

    bench.apply(f"{OAK}agreements: [{{id: z, vendor: aws}}]\nflows: [{{id: f, to: aws}}]\n")

    bench.check_whole()


@pytest.mark.parametrize(
    "rows",
    [
        "{id: p, broader: p}",
        "{id: p, broader: q}, {id: q, broader: p}",
        "{id: p, broader: q}, {id: q, broader: r}, {id: r, broader: p}",
    ],
)
def test_no_element_is_broader_than_itself(rows: str, bench: Bench) -> None:
    full = rows.replace("broader", "name: N, category: student-identifiers, sensitivity: low, broader")

    problems = bench.problems(f"{OAK}elements: [{full}]\n")

    assert len(problems) == rows.count("id:")
    assert all("is broader than itself" in problem for problem in problems)


def test_a_cycle_is_found_where_a_file_closes_it(bench: Bench) -> None:
    rows = (
        "{id: p, name: P, category: student-identifiers, sensitivity: low}, {id: q, name: Q, category: "
        "student-identifiers, sensitivity: low, broader: p}"
    )
    bench.apply(f"{OAK}elements: [{rows}]\n")

    [problem] = bench.problems(f"{OAK}elements: [{{id: p, broader: q}}]\n")

    assert "The element 'p' is broader than itself: p < q < p." in problem


@pytest.mark.parametrize(
    "text",
    [
        OAK.replace("Oak County Schools", f"Oak {MARKS}"),
        OAK.replace("state: MD", f"state: MD, note: 'a {MARKS}'"),
        OAK.replace("state: MD", f"state: MD, policies: {{copy_procedure: {{en: a, es: '{MARKS}'}}}}"),
        OAK.replace("state: MD", f"state: MD, guidance: [{{topic: risk, text: '({MARKS})'}}]"),
        f"{OAK}vendors: [{{id: a, name: A, aliases: ['{MARKS}']}}]\n",
        f"{OAK}vendors: [{{id: a, name: A, url: 'https://x.example/{MARKS}'}}]\n",
        f"{OAK}vendors: [{{id: a, name: A, sources: [{{title: '{MARKS}'}}]}}]\n",
        f"{OAK}vendors: [{{id: '{MARKS}', name: A}}]\n",
        f"{OAK}vendors: [{{id: a, name: A, note: 'ssn {MARKS.replace('-', ' ')}'}}]\n",
        f"{OAK}vendors: [{{id: a, name: A, note: 'ssn {MARKS.replace('-', chr(0x2011))}'}}]\n",
        f"{OAK}vendors: [{{id: a, name: A, note: 'ssn {MARKS.replace('-', chr(0x2013))}'}}]\n",
        f"{VENDORS}agreements: [{{id: a, vendor: zoom, kind: dpa, number: '{MARKS}', terms: {{scope: x}}}}]\n",
        f"{VENDORS}agreements: [{{id: a, vendor: zoom, kind: dpa, terms: {{scope: 'x {MARKS}'}}}}]\n",
        flow(f"purpose: '{MARKS}'"),
        f"{OAK}requests: [{{id: q, kind: inspect, received: 2026-01-01, why: 'of {MARKS}'}}]\n",
        f"{OAK}waivers: [{{rule: r, subject: s, by: A, why: 'for {MARKS}', until: 2026-01-01}}]\n",
    ],
)
def test_a_social_security_number_is_refused_in_any_text(text: str, bench: Bench) -> None:
    problems = bench.problems(text)

    assert len(problems) == 1, problems
    assert "social security number" in problems[0]


def test_contacts_of_the_staff_are_exempt(bench: Bench) -> None:
    staff = f"state: MD, contacts: [{{role: opt_out, title: A, phone: '{MARKS}'}}]"

    assert bench.problems(OAK.replace("state: MD", staff)) == []


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example",
        'http://a" onmouseover="x',
        "vbscript:x",
        "ftp://a.example",
        "java\tscript:x",
        "https://a.example/ b",
        "https://a@b.example",
        "file:///etc/x",
    ],
)
@pytest.mark.parametrize("field", ["url", "privacy_url", "contact", "source", "guidance", "form"])
def test_an_address_of_another_scheme_is_refused(url: str, field: str, bench: Bench) -> None:
    value = "'" + url.replace("'", "''") + "'" if "\t" not in url else f'"{url}"'
    text = {
        "contact": OAK.replace("state: MD", f"state: MD, contacts: [{{role: opt_out, title: A, url: {value}}}]"),
        "source": f"{OAK}vendors: [{{id: a, name: A, sources: [{{url: {value}}}]}}]\n",
        "guidance": f"{OAK}vendors: [{{id: a, name: A, guidance: [{{topic: more, text: T, url: {value}}}]}}]\n",
        "form": flow(f"consent: {{form_url: {value}}}"),
    }.get(field, f"{OAK}vendors: [{{id: a, name: A, {field}: {value}}}]\n")

    problems = bench.problems(text)

    assert len(problems) == 1, problems
    assert "http" in problems[0]


@pytest.mark.parametrize("code", ["0001", "0008", "000B", "0016", "001B", "007F", "0080", "FFFE"])
def test_a_control_character_is_refused_by_its_name(code: str, bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        f'{{"catalog": 1, "district": {{"id": "oak", "name": "a\\u{code.lower()}", "state": "MD"}}}}', encoding="utf-8"
    )

    [problem] = bench.problems(tmp_path / "a.json")

    assert f"U+{code}" in problem


def test_a_row_that_was_adopted_says_when_its_source_moved_on(bench: Bench) -> None:
    consortium = "catalog: 1\ndistrict: {id: cons, name: Consortium, state: MD}\nvendors: [{id: zoom, name: Zoom}]\n"
    bench.apply(consortium)
    [[digest]] = bench.run("SELECT sha256 FROM journal WHERE list = 'vendors'")
    adopted = (
        f"{OAK}vendors: [{{id: zoom, name: Zoom, adopted_from: {{district: cons, id: zoom, digest: {digest}}}}}]\n"
    )
    bench.apply(adopted.replace(f", digest: {digest}", ""))
    [untold] = bench.plan(adopted).notes
    bench.apply(adopted)
    still = bench.plan(adopted)

    bench.apply(consortium.replace("name: Zoom", "name: Zoom Video"))
    plan = bench.plan(adopted)

    assert digest in untold
    assert "not which version" in untold
    assert (still.notes, plan.problems) == ((), ())
    [note] = plan.notes
    assert note.startswith("The vendor 'zoom' was adopted from cons/zoom, which has changed since")
    [[now]] = bench.run(
        "SELECT sha256 FROM journal WHERE list = 'vendors' AND district = 'cons' AND retired_by IS NULL"
    )
    assert now in note


@pytest.mark.parametrize(
    ("state", "nces_id", "said"),
    [
        ("MD", "2400480", ()),
        ("PR", "7200030", ()),
        ("ZZ", "2400480", ("There is no state or territory with the postal code 'ZZ', so no state's law",)),
        ("NY", "2400480", ("The NCES id 2400480 is one of Maryland, but the district's state is NY.",)),
    ],
)
def test_a_state_that_is_none_or_another_is_pointed_out(
    state: str, nces_id: str, said: tuple[str, ...], bench: Bench
) -> None:
    plan = bench.plan(f'catalog: 1\ndistrict: {{id: d, name: D, state: {state}, nces_id: "{nces_id}"}}\n')

    assert len(plan.notes) == len(said)
    assert all(note.startswith(start) for note, start in zip(plan.notes, said, strict=True))


def test_names_equal_to_the_eye_are_pointed_out_and_not_refused(bench: Bench) -> None:
    bench.apply(f"{OAK}vendors: [{{id: a, name: Se\u00f1or Learning}}, {{id: z, name: Zoom}}]\n")

    plan = bench.plan(
        f"{OAK}vendors: [{{id: b, name: Sen\u0303or  learning}}, {{id: y, name: Zo\u043em}}, {{id: x, name: X}}]\n"
    )

    assert plan.problems == ()
    assert plan.notes == (
        "These look like one party under several ids: a, b. Merge them with `was`.",
        "The name 'Zo\u043em' of 'y' holds letters of another script that look like Latin ones.",
        "These look like one party under several ids: y, z. Merge them with `was`.",
    )


ONE_DOMAIN = "These vendors have one domain, zoom.us: zoom, zoom-video. Where they are one, merge them with `was`."


@pytest.mark.parametrize("form", ["yaml", "xlsx", "csv"])
def test_vendors_with_one_domain_are_pointed_out_and_not_refused(form: str, bench: Bench, tmp_path: Path) -> None:
    bench.apply(
        f"{OAK}vendors: [{{id: zoom, name: Zoom, domains: [zoom.us]}}, {{id: ixl, name: IXL, domains: [ixl.com]}},"
        " {id: zoom-video, name: Zoom Video, url: 'https://us02web.zoom.us/rooms'},"
        " {id: a, name: A, domains: [docs.google.com]}, {id: b, name: B, domains: [docs.google.com]}]\n"
    )
    target = tmp_path / {"yaml": "out.yaml", "xlsx": "out.xlsx", "csv": "out"}[form]
    bench.catalog.export(target)

    same = bench.plan(target)
    plan = bench.plan(f"{OAK}vendors: [{{id: zoom, aliases: [Zoom Meetings]}}]\n")
    bench.apply(f"{OAK}vendors: []\n", replace=True)
    anew = bench.plan(target)

    assert (same.problems, same.notes, same.is_empty) == ((), (), True)
    assert (plan.problems, plan.notes) == ((), (ONE_DOMAIN,))
    assert (anew.problems, anew.notes) == ((), (ONE_DOMAIN,))


def test_a_name_in_another_script_is_just_a_name(bench: Bench) -> None:
    plan = bench.plan(
        f"{OAK}vendors: [{{id: a, name: \u041c\u043e\u0441\u043a\u0432\u0430}}, {{id: b, name: "
        f"\u0391\u03b8\u03ae\u03bd\u03b1}}]\n"
    )

    assert plan.notes == ()


def test_of_very_many_shared_domains_some_are_named_and_the_others_counted(bench: Bench) -> None:
    vendors = ", ".join(f"{{id: v{n}, name: V{n}, domains: [shop{n // 2}.com]}}" for n in range(60))
    notes = [note for note in bench.plan(f"{OAK}vendors: [{vendors}]\n").notes if "domain" in note]

    assert len(notes) == 21
    assert notes[-1] == "10 more domains are those of several vendors each."
