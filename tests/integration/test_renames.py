"""`was: OLD-ID` renames a row, or merges it into another, everywhere it is named."""

from __future__ import annotations

import pytest

from dataflows.commands.plan_text import format_plan
from tests.catalogs import OAK, Bench, added, changed, removed

BEFORE = """catalog: 1
district:
  id: oak
  name: Oak
  state: MD
  policies: {directory_information: {elements: [lunch-pin], limited_to: {parties: [zoom]}}}
schools: [{id: elm, name: Elm}]
elements:
  - {id: lunch-pin, name: PIN, category: student-identifiers, sensitivity: high}
  - {id: meal-pin, name: Meal, category: student-identifiers, broader: lunch-pin, sensitivity: high}
vendors:
  - {id: zoom, name: Zoom, domains: [zoom.us]}
  - {id: aws, name: Amazon}
agreements:
  - {id: signed, vendor: zoom, kind: dpa, schedule: [lunch-pin], subprocessors: [aws, zoom]}
  - {id: signed-2, vendor: zoom, kind: dpa, supersedes: signed, terms: {consent_parties: [zoom]}}
flows:
  - {id: accounts, to: zoom, elements: [lunch-pin, email], required_elements: [lunch-pin], agreement: signed,
     audience: {schools: [elm]}}
  - {id: hosting, from: zoom, to: aws, elements: [email]}
  - {id: carried, to: aws, via: zoom, elements: [email]}
releases: [{id: r, flow: accounts, date: 2026-02-01, interest: Study, parties: [zoom], redisclosed_to: [zoom, aws]}]
waivers:
  - {rule: no-basis, subject: zoom, by: A, why: B, until: 2026-12-31}
  - {rule: no-basis, subject: vendor/zoom, by: A, why: B, until: 2026-12-31}
  - {rule: no-basis, subject: flow/accounts, by: A, why: B, until: 2026-12-31}
incidents: [{id: i, party: zoom, discovered: 2026-01-01, elements: [lunch-pin]}]
"""
RENAMES = {
    "vendors": ("zoom", "{id: zoom-video, was: zoom}"),
    "agreements": ("signed", "{id: zoom-2020, was: signed}"),
    "flows": ("accounts", "{id: zoom-accounts, was: accounts}"),
    "schools": ("elm", "{id: elm-hill, was: elm}"),
    "elements": ("lunch-pin", "{id: cafeteria-pin, was: lunch-pin}"),
}


@pytest.fixture
def known(bench: Bench) -> Bench:
    """Give a catalog in which each id is named wherever it may be."""
    bench.apply(BEFORE)
    return bench


@pytest.mark.parametrize("list_name", RENAMES)
def test_a_row_is_renamed_everywhere_it_is_named(list_name: str, known: Bench) -> None:
    old, row = RENAMES[list_name]
    given = f"{OAK.replace('Oak County Schools', 'Oak')}{list_name}: [{row}]\n"
    new = row.split(":")[1].split(",")[0].strip()
    before = known.rows(list_name)[old]

    known.apply(given)

    left = [
        row
        for row in known.run("SELECT list, id, body FROM journal WHERE retired_by IS NULL")
        if f'"{old}"' in row[2] or f'/{old}"' in row[2]
    ]
    assert left == []
    assert known.rows(list_name)[new] == {**before, "id": new}
    known.check_whole()
    assert known.plan(given).is_empty


def test_a_plan_shows_what_a_rename_does(known: Bench) -> None:
    plan = known.plan(
        f"{OAK.replace('Oak County Schools', 'Oak')}vendors: [{{id: zoom-video, was: zoom, name: Zoom Video}}]\n"
    )

    assert added(plan)[0] == "vendor/zoom-video"
    assert "vendor/zoom" in removed(plan)
    assert changed(plan) == {
        "district/oak": {"policies.directory_information.limited_to.parties": [["zoom"], ["zoom-video"]]},
        "agreement/signed": {
            "vendor": ["zoom", "zoom-video"],
            "subprocessors": [["aws", "zoom"], ["aws", "zoom-video"]],
        },
        "agreement/signed-2": {"vendor": ["zoom", "zoom-video"], "terms.consent_parties": [["zoom"], ["zoom-video"]]},
        "flow/accounts": {"to": ["zoom", "zoom-video"]},
        "flow/carried": {"via": ["zoom", "zoom-video"]},
        "flow/hosting": {"from": ["zoom", "zoom-video"]},
        "incident/i": {"party": ["zoom", "zoom-video"]},
        "release/r": {
            "parties": [["zoom"], ["zoom-video"]],
            "redisclosed_to": [["aws", "zoom"], ["aws", "zoom-video"]],
        },
    }


def test_waivers_follow_a_rename(known: Bench) -> None:
    known.apply(f"{OAK}vendors: [{{id: zoom-video, was: zoom}}]\nflows: [{{id: zoom-accounts, was: accounts}}]\n")

    assert set(known.rows("waivers")) == {
        "no-basis:zoom-video",
        "no-basis:vendor/zoom-video",
        "no-basis:flow/zoom-accounts",
    }
    assert known.rows("waivers")["no-basis:zoom-video"]["subject"] == "zoom-video"
    known.check_whole()


def test_a_waiver_of_another_kind_of_row_stays(bench: Bench) -> None:
    bench.apply(
        f"{OAK}vendors: [{{id: zoom, name: Zoom}}]\nflows: [{{id: zoom, to: zoom, elements: [email]}}]\n"
        "waivers: [{rule: no-basis, subject: flow/zoom, by: A, why: B, until: 2026-12-31}]\n"
    )

    bench.apply(f"{OAK}vendors: [{{id: zoom-video, was: zoom}}]\n")

    assert set(bench.rows("waivers")) == {"no-basis:flow/zoom"}
    assert bench.rows("flows")["zoom"]["to"] == "zoom-video"


def test_a_waiver_that_both_rows_have_is_kept_once(known: Bench) -> None:
    known.apply(f"{OAK}waivers: [{{rule: no-basis, subject: aws, by: C, why: D, until: 2027-12-31}}]\n")

    plan = known.apply(
        f"{OAK}vendors: [{{id: aws, was: zoom}}]\nflows: [{{id: hosting, to: oak}}, {{id: carried, via: null}}]\n"
    )

    assert known.rows("waivers")["no-basis:aws"]["by"] == "C"
    assert "no-basis:zoom" not in known.rows("waivers")
    assert "waiver/no-basis:zoom" in removed(plan)
    known.check_whole()


def test_a_waiver_of_the_same_files_may_name_the_former_id_or_the_new(known: Bench) -> None:
    waiver = "{rule: no-basis, subject: %s, by: New, why: B, until: 2026-12-31}"

    known.apply(f"{OAK}vendors: [{{id: zv, was: zoom}}]\nwaivers: [{waiver % 'zoom'}, {waiver % 'vendor/zv'}]\n")

    kept = known.rows("waivers")
    assert {id: row["by"] for id, row in kept.items()} == {
        "no-basis:zv": "New",
        "no-basis:vendor/zv": "New",
        "no-basis:flow/accounts": "A",
    }
    known.check_whole()


def test_a_merge_keeps_what_the_row_that_stays_says_and_adds_the_rest(bench: Bench) -> None:
    bench.apply(
        f"{OAK}vendors:\n"
        "  - {id: zoom, name: Zoom, url: 'https://zoom.us', domains: [zoom.us], aliases: [Zoom Rooms]}\n"
        "  - {id: zoom-inc, name: 'Zoom, Inc.', url: 'https://zoom.com', domains: [zoom.com]}\n"
        "flows: [{id: f, to: zoom, elements: [email]}, {id: g, to: zoom-inc, elements: [name]}]\n"
    )
    merge = f"{OAK}vendors: [{{id: zoom-inc, was: zoom}}]\n"

    plan = bench.apply(merge)

    assert removed(plan) == ["vendor/zoom"]
    assert bench.rows("vendors")["zoom-inc"] == {
        "id": "zoom-inc",
        "name": "Zoom, Inc.",
        "url": "https://zoom.com",
        "domains": ["zoom.com", "zoom.us"],
        "aliases": ["Zoom", "Zoom Rooms"],
    }
    assert {row["to"] for row in bench.rows("flows").values()} == {"zoom-inc"}
    bench.check_whole()
    assert bench.plan(merge).is_empty


def test_a_merge_does_not_fill_in_what_is_said_by_being_absent(bench: Bench) -> None:
    """No `from` is the district, no `ends` no end, no schedule no element named: facts, not gaps."""
    bench.apply(
        f"{OAK}vendors: [{{id: zoom, name: Zoom}}, {{id: aws, name: Amazon}}]\n"
        "agreements:\n"
        "  - {id: a, vendor: zoom, kind: dpa}\n"
        "  - {id: b, vendor: zoom, kind: dpa, number: '7', expires: 2024-01-01, schedule: [email]}\n"
        "flows:\n"
        "  - {id: f, to: zoom, elements: [email]}\n"
        "  - {id: g, from: aws, to: zoom, elements: [email], starts: 2020-01-01, ends: 2021-01-01, purpose: Meetings}\n"
    )

    bench.apply(f"{OAK}agreements: [{{id: a, was: b}}]\nflows: [{{id: f, was: g}}]\n")

    assert bench.rows("agreements") == {"a": {"id": "a", "vendor": "zoom", "kind": "dpa", "number": "7"}}
    assert bench.rows("flows") == {"f": {"id": "f", "to": "zoom", "elements": ["email"], "purpose": "Meetings"}}


def test_a_plan_says_that_a_row_is_renamed_and_not_that_there_are_two_alike(known: Bench) -> None:
    plan = known.plan(f"{OAK.replace('Oak County Schools', 'Oak')}vendors: [{{id: zoom-video, was: zoom}}]\n")

    assert plan.notes == ()
    assert "  + vendor zoom-video  (was zoom)" in format_plan(plan)
    assert "  - vendor zoom  (now zoom-video)" in format_plan(plan)


def test_two_rows_may_be_merged_into_a_third_over_two_runs(bench: Bench) -> None:
    bench.apply(
        f"{OAK}vendors: [{{id: a, name: A}}, {{id: b, name: B}}]\nflows: [{{id: f, to: a, elements: [email]}}]\n"
    )

    bench.apply(f"{OAK}vendors: [{{id: c, was: a, name: C}}]\n")
    bench.apply(f"{OAK}vendors: [{{id: c, was: b}}]\n")

    assert bench.rows("vendors") == {"c": {"id": "c", "name": "C", "aliases": ["B"]}}
    assert bench.rows("flows")["f"]["to"] == "c"
    bench.check_whole()


def test_a_merge_that_would_make_a_flow_go_to_itself_is_refused(known: Bench) -> None:
    problems = known.problems(f"{OAK}vendors: [{{id: aws, was: zoom}}]\n")

    assert any("goes from 'aws' to itself" in problem for problem in problems)


def test_ids_do_not_pass_from_row_to_row_in_one_run(bench: Bench) -> None:
    bench.apply(
        f"{OAK}vendors: [{{id: a, name: A}}, {{id: b, name: B}}]\nflows: [{{id: f, to: a, elements: [email]}}, "
        f"{{id: g, to: b, elements: [email]}}]\n"
    )

    problems = bench.problems(f"{OAK}vendors: [{{id: b, was: a}}, {{id: c, was: b}}]\n")

    assert problems == [
        "3:41: vendors[c].was: The vendor 'b' is in the files too. Leave its row out: this one takes its place."
    ]


def test_a_row_renamed_again_keeps_its_references(bench: Bench) -> None:
    bench.apply(f"{OAK}vendors: [{{id: a, name: A}}]\nflows: [{{id: f, to: a, elements: [email]}}]\n")

    for old, new in (("a", "b"), ("b", "c"), ("c", "d")):
        bench.apply(f"{OAK}vendors: [{{id: {new}, was: {old}}}]\n")

    assert bench.rows("flows")["f"]["to"] == "d"
    assert [entry.renames for entry in bench.catalog.log()][:3] == [
        (("vendors", "c", "d"),),
        (("vendors", "b", "c"),),
        (("vendors", "a", "b"),),
    ]
    bench.check_whole()


def test_history_stays_under_the_former_id(bench: Bench) -> None:
    bench.apply(f"{OAK}vendors: [{{id: a, name: A}}]\nflows: [{{id: f, to: a, elements: [email]}}]\n")
    bench.apply(f"{OAK}vendors: [{{id: b, was: a}}]\n")

    then = bench.catalog.snapshot(bench.moment(0).date(), bench.moment(0))

    assert [vendor.id for vendor in then.vendors.values()] == ["a"]
    assert [flow.receiver for flow in then.flows] == ["a"]


@pytest.mark.parametrize("twice", [1, 2])
def test_rows_of_the_same_file_may_still_name_the_former_id(twice: int, bench: Bench) -> None:
    bench.apply(f"{OAK}vendors: [{{id: a, name: A}}]\nflows: [{{id: f, to: a, elements: [email]}}]\n")
    given = (
        f"{OAK}vendors: [{{id: b, was: a}}]\n"
        "agreements: [{id: x, vendor: a, kind: dpa}]\n"
        "flows: [{id: f, to: a, purpose: P, agreement: x}, {id: g, from: a, to: oak, elements: [name]}]\n"
    )

    for _ in range(twice):
        bench.apply(given)

    assert {row.get("from") or row["to"] for row in bench.rows("flows").values()} == {"b"}
    assert bench.rows("agreements")["x"]["vendor"] == "b"
    bench.check_whole()
    assert bench.plan(given).is_empty


def test_a_rename_and_a_change_of_the_same_row_go_together(known: Bench) -> None:
    known.apply(f"{OAK}flows: [{{id: zoom-accounts, was: accounts, purpose: Accounts, to: aws, agreement: null}}]\n")

    row = known.rows("flows")["zoom-accounts"]
    assert (row["to"], row["purpose"], row["elements"]) == ("aws", "Accounts", ["email", "lunch-pin"])
    assert known.rows("releases")["r"]["flow"] == "zoom-accounts"
    known.check_whole()


def test_an_element_of_the_districts_own_may_become_one_of_the_taxonomys(known: Bench) -> None:
    known.apply(f"{OAK}elements: [{{id: student-id, was: lunch-pin, name: null, category: null, sensitivity: null}}]\n")

    assert known.rows("flows")["accounts"]["elements"] == ["email", "student-id"]
    assert known.rows("elements")["meal-pin"]["broader"] == "student-id"
    known.check_whole()


def test_an_agreement_in_the_files_may_name_the_new_id_of_its_vendor(known: Bench) -> None:
    known.apply(f"{OAK}vendors: [{{id: zv, was: zoom}}]\nagreements: [{{id: signed, vendor: zv, number: '7'}}]\n")

    assert known.rows("agreements")["signed"]["vendor"] == "zv"
    known.check_whole()


def test_a_row_touched_by_two_renames_is_shown_with_both(known: Bench) -> None:
    plan = known.plan(f"{OAK}vendors: [{{id: zv, was: zoom}}, {{id: ws, was: aws}}]\n")

    assert changed(plan)["flow/hosting"] == {"from": ["zoom", "zv"], "to": ["aws", "ws"]}


def test_was_with_replace(known: Bench) -> None:
    plan = known.apply(f"{OAK}schools: [{{id: elm-hill, was: elm, name: Elm Hill}}]\n", replace=True)

    assert (added(plan), removed(plan)) == (["school/elm-hill"], ["school/elm"])
    assert known.rows("flows")["accounts"]["audience"] == {"schools": ["elm-hill"]}
    known.check_whole()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{id: zoom, was: zoom}", "The vendor 'zoom' can't be its own former id."),
        ("{id: new, name: New, was: zom}", "There is no vendor called 'zom' that could become 'new'."),
        ("{id: new, was: zoom}, {id: aws, was: zoom}", "Two rows say that they were 'zoom'"),
        ("{id: new, was: zoom}, {id: zoom, name: Z}", "The vendor 'zoom' is in the files too."),
    ],
)
def test_a_rename_that_cannot_be_is_refused(row: str, said: str, known: Bench) -> None:
    problems = known.problems(f"{OAK}vendors: [{row}]\n")

    assert len(problems) == 1, problems
    assert said in problems[0]
    assert problems[0].startswith("3:")


def test_a_district_keeps_its_id(known: Bench) -> None:
    [problem] = known.problems("catalog: 1\ndistrict: {id: oak-2, was: oak, name: Oak, state: MD}\n")

    assert problem.startswith("2:")
    assert "A district keeps its id" in problem


def test_renaming_in_one_district_leaves_another_alone(bench: Bench) -> None:
    text = f"{OAK}vendors: [{{id: a, name: A}}]\nflows: [{{id: f, to: a, elements: [email]}}]\n"
    bench.apply(text, text.replace("id: oak", "id: elm"))

    bench.apply(f"{OAK}vendors: [{{id: b, was: a}}]\n")

    assert Bench(bench.url, bench.folder, "elm").rows("flows")["f"]["to"] == "a"
    assert Bench(bench.url, bench.folder, "oak").rows("flows")["f"]["to"] == "b"
