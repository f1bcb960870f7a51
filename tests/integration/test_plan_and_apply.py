"""Files meet the catalog: what is added, changed and removed, and what stays as it is."""

from __future__ import annotations

import pytest

from tests.catalogs import OAK, Bench, added, changed, removed

ZOOM = f"""{OAK}
schools: [{{id: elm, name: Elm}}, {{id: ash, name: Ash}}]
vendors:
  - id: zoom
    name: Zoom
    aliases: [Zoom Meetings, Zoom Rooms]
    url: https://zoom.us
    privacy_url: https://zoom.us/privacy
    guidance: [{{topic: risk, text: One}}, {{topic: choice, text: Two}}]
    products: [Meetings]
agreements:
  - id: zoom-2020
    vendor: zoom
    kind: dpa
    schedule: [email, student-id]
    terms: {{direct_control: true, deletion_days: 60, audit_right: true}}
flows:
  - id: zoom-accounts
    to: zoom
    elements: [email, student-id]
    purpose: Accounts
    legal_basis: school-official
    agreement: zoom-2020
    starts: 2020-03-30
    audience: {{schools: [elm]}}
    opt_out: {{allowed: true, how: Ask}}
"""


def one_vendor(fields: str) -> str:
    return f"{OAK}vendors: [{{id: zoom, {fields}}}]\n"


def one_flow(fields: str) -> str:
    return f"{OAK}flows: [{{id: zoom-accounts, {fields}}}]\n"


@pytest.fixture
def zoom(bench: Bench) -> Bench:
    """Give a catalog that holds ZOOM."""
    bench.apply(ZOOM)
    return bench


def test_a_plan_of_new_rows_lists_them_in_the_order_of_the_lists(bench: Bench) -> None:
    plan = bench.plan(ZOOM)

    assert added(plan) == [
        "district/oak",
        "school/elm",
        "school/ash",
        "vendor/zoom",
        "agreement/zoom-2020",
        "flow/zoom-accounts",
    ]
    assert plan.to_json()["changes"] == plan.to_json()["removes"] == []


def test_planning_writes_nothing(bench: Bench) -> None:
    bench.plan(ZOOM)

    assert bench.catalog.districts() == []
    assert bench.run("SELECT count(*) FROM journal") == [(0,)]


def test_applying_twice_changes_nothing(zoom: Bench) -> None:
    plan, entries = zoom.catalog.apply(zoom.file(ZOOM), by="Tester")

    assert plan.is_empty
    assert entries == ()
    assert len(zoom.catalog.log()) == 1


def test_a_change_shows_the_old_value_and_the_new(zoom: Bench) -> None:
    plan = zoom.plan(one_flow("purpose: Accounts for classes, ends: 2027-06-30"))

    assert changed(plan) == {
        "flow/zoom-accounts": {"purpose": ["Accounts", "Accounts for classes"], "ends": [None, "2027-06-30"]}
    }


def test_what_a_row_does_not_name_stays(zoom: Bench) -> None:
    before = zoom.rows("vendors")["zoom"]

    zoom.apply(one_vendor("name: Zoom Video"))

    assert zoom.rows("vendors")["zoom"] == {**before, "name": "Zoom Video"}
    assert set(zoom.rows("flows")) == {"zoom-accounts"}


def test_null_clears_a_field(zoom: Bench) -> None:
    partial = one_vendor("privacy_url: null, url: ~, guidance: ")

    plan = zoom.plan(partial)
    zoom.apply(partial)

    assert changed(plan)["vendor/zoom"] == {
        "url": ["https://zoom.us", None],
        "privacy_url": ["https://zoom.us/privacy", None],
        "guidance": [[{"topic": "risk", "text": "One"}, {"topic": "choice", "text": "Two"}], None],
    }
    assert {"url", "privacy_url", "guidance"}.isdisjoint(zoom.rows("vendors")["zoom"])
    assert zoom.plan(partial).is_empty


def test_a_field_that_a_row_always_has_cannot_be_cleared(zoom: Bench) -> None:
    assert zoom.problems(one_vendor("name: null")) == [
        "3:28: vendors[zoom].name: The field 'name' is empty. Each row needs it; a word for nothing goes in quotes."
    ]


def test_mappings_of_named_fields_are_met_field_by_field(zoom: Bench) -> None:
    plan = zoom.plan(
        f"{OAK}agreements: [{{id: zoom-2020, terms: {{deletion_days: 30, audit_right: null, sale_prohibited: yes}}}}]\n"
        "flows: [{id: zoom-accounts, opt_out: {how: Write to us}, audience: {grades: K-5}}]\n"
    )

    assert changed(plan) == {
        "agreement/zoom-2020": {
            "terms.deletion_days": [60, 30],
            "terms.audit_right": [True, None],
            "terms.sale_prohibited": [None, True],
        },
        "flow/zoom-accounts": {"opt_out.how": ["Ask", "Write to us"], "audience.grades": [None, "K-5"]},
    }


def test_policies_are_met_one_by_one(bench: Bench) -> None:
    head = "catalog: 1\ndistrict: {id: oak, name: Oak, state: MD, policies: {%s}}\n"
    bench.apply(head % "inspection_procedure: Ask, directory_information: {elements: [name], opt_out_by: 2026-09-30}")

    plan = bench.plan(head % "amendment_procedure: Write, directory_information: {elements: [name, school]}")

    assert changed(plan) == {
        "district/oak": {
            "policies.amendment_procedure": [None, "Write"],
            "policies.directory_information.elements": [["name"], ["name", "school"]],
        }
    }


def test_a_mapping_whose_every_field_is_cleared_is_absent(zoom: Bench) -> None:
    zoom.apply(one_flow("opt_out: {allowed: null, how: null}, audience: {schools: all}"))

    assert {"opt_out", "audience"}.isdisjoint(zoom.rows("flows")["zoom-accounts"])
    zoom.check_whole()


def test_null_clears_a_whole_mapping(zoom: Bench) -> None:
    assert changed(zoom.plan(one_flow("opt_out: null")))["flow/zoom-accounts"] == {
        "opt_out.allowed": [True, None],
        "opt_out.how": ["Ask", None],
    }


@pytest.mark.parametrize(
    "field", ["guidance: [{topic: risk, text: One}]", "products: [Rooms]", "aliases: [Zoom Rooms]"]
)
def test_a_list_is_one_value(field: str, zoom: Bench) -> None:
    name = field.partition(":")[0]

    zoom.apply(one_vendor(field))

    assert len(zoom.rows("vendors")["zoom"][name]) == 1


def test_a_text_by_language_is_one_value(zoom: Bench) -> None:
    zoom.apply(one_flow("purpose: {en: Accounts, es: Cuentas}"))

    assert changed(zoom.plan(one_flow("purpose: {en: Accounts, zh: X}")))["flow/zoom-accounts"] == {
        "purpose": [{"en": "Accounts", "es": "Cuentas"}, {"en": "Accounts", "zh": "X"}]
    }


@pytest.mark.parametrize(
    "same",
    [
        "elements: [student-id, email]",
        "elements: [student-id, email, student-id]",
        "legal_basis: 99.31(a)(1)(i)(B)",
        "legal_basis: school-official",
        "from: oak",
        "purpose: {en: Accounts}",
        "purpose: {EN: Accounts}",
        "audience: {schools: [elm], grades: all}",
        "starts: 2020-03-30T00:00:00-05:00",
        "starts: 2020-03-30T23:30:00+14:00",
        "ends: null",
        "required_elements: []",
        "sources: []",
        "opt_out: {allowed: 'Yes'}",
        "opt_out: {}",
    ],
)
def test_another_spelling_of_the_same_is_no_change(same: str, zoom: Bench) -> None:
    assert zoom.plan(one_flow(same)).to_json() == {
        "adds": [],
        "changes": [],
        "removes": [],
        "problems": [],
        "left_out": [],
        "notes": [],
    }


@pytest.mark.parametrize(
    "same", ["esea: true", "home_languages: [en]", "school_year: {starts: 07-01}", "state: md", "policies: {}"]
)
def test_a_default_and_its_absence_are_the_same(same: str, zoom: Bench) -> None:
    assert zoom.plan(OAK.replace("state: MD", f"state: MD, {same}" if "state" not in same else same)).is_empty


def test_a_default_takes_another_value_away(bench: Bench) -> None:
    bench.apply(OAK.replace("state: MD", "state: MD, esea: no, school_year: {starts: 08-01}"))

    plan = bench.apply(OAK.replace("state: MD", "state: MD, esea: yes, school_year: {starts: 07-01}"))

    assert changed(plan) == {"district/oak": {"esea": [False, None], "school_year.starts": ["08-01", None]}}
    assert bench.rows("district")["oak"] == {"id": "oak", "name": "Oak County Schools", "state": "MD"}


def test_order_counts_where_it_means_something(zoom: Bench) -> None:
    head = OAK.replace("state: MD", "state: MD, home_languages: [%s]")
    zoom.apply(head % "en, es, zh")

    assert changed(zoom.plan(head % "en, zh, es")) == {
        "district/oak": {"home_languages": [["en", "es", "zh"], ["en", "zh", "es"]]}
    }


def test_files_of_one_run_may_point_at_each_other_in_any_order(bench: Bench) -> None:
    flows = one_flow("to: zoom, elements: [email, lunch-pin], agreement: a")
    agreements = f"{OAK}agreements: [{{id: a, vendor: zoom, kind: dpa}}]\n"
    rest = (
        f"{OAK}elements: [{{id: lunch-pin, name: PIN, category: student-identifiers, sensitivity: high}}]\n"
        "vendors: [{id: zoom, name: Zoom}]\n"
    )

    plan = bench.apply(flows, agreements, rest)

    assert len(plan.adds) == 5
    bench.check_whole()


def test_one_run_may_speak_of_several_districts(bench: Bench) -> None:
    elm = ZOOM.replace("id: oak", "id: elm").replace("Oak", "Elm").replace("id: zoom-accounts", "id: elm-accounts")

    _plan, entries = bench.catalog.apply(bench.file(ZOOM), bench.file(elm), by="Tester")

    assert [(entry.district, entry.number, entry.added) for entry in entries] == [("elm", 1, 6), ("oak", 1, 6)]
    assert bench.catalog.districts() == ["elm", "oak"]
    assert [(item.district, item.ok) for item in bench.catalog.verify()] == [("elm", True), ("oak", True)]
    assert set(Bench(bench.url, bench.folder, "elm").rows("flows")) == {"elm-accounts"}


def test_a_change_in_one_district_leaves_the_others_log_alone(bench: Bench) -> None:
    elm = ZOOM.replace("id: oak", "id: elm")
    bench.apply(ZOOM, elm)

    _plan, entries = bench.catalog.apply(
        bench.file(ZOOM.replace("name: Ash", "name: Ash Hill")), bench.file(elm), by="x"
    )

    assert [(entry.district, entry.number) for entry in entries] == [("oak", 2)]


def test_the_same_header_may_stand_in_two_files(bench: Bench) -> None:
    head = OAK.replace("state: MD", "state: MD, contacts: [{role: opt_out, title: Registrar}]")

    bench.apply(f"{head}schools: [{{id: elm, name: Elm}}]\n", f"{head}schools: [{{id: ash, name: Ash}}]\n")

    assert set(bench.rows("schools")) == {"ash", "elm"}
    assert bench.rows("contacts") == {"opt_out": {"role": "opt_out", "title": "Registrar"}}


def test_headers_of_two_files_add_to_each_other(bench: Bench) -> None:
    first = OAK.replace("state: MD", "state: MD, policies: {inspection_procedure: Ask}")
    second = OAK.replace("state: MD", "state: MD, nces_id: '0100005', policies: {amendment_procedure: Write}")

    bench.apply(first, second)

    assert bench.rows("district")["oak"]["policies"] == {"inspection_procedure": "Ask", "amendment_procedure": "Write"}
    assert bench.rows("district")["oak"]["nces_id"] == "0100005"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("url: 'https://a.example'", "url: 'https://b.example'", "about the district's 'url'"),
        (
            "policies: {copy_procedure: A}",
            "policies: {copy_procedure: B}",
            "about the district's 'policies.copy_procedure'",
        ),
        (
            "contacts: [{role: opt_out, title: A}]",
            "contacts: [{role: opt_out, title: B}]",
            "about the contact 'opt_out'",
        ),
    ],
)
def test_headers_that_contradict_each_other_are_refused(first: str, second: str, said: str, bench: Bench) -> None:
    files = [OAK.replace("state: MD", f"state: MD, {fields}") for fields in (first, second)]

    [problem] = bench.problems(*files)

    assert f"The files say two things {said}; the other is in " in problem


def test_replace_takes_out_rows_and_fields_that_the_lists_of_the_files_do_not_name(zoom: Bench) -> None:
    given = f"{OAK}schools: [{{id: elm, name: Elm}}]\nvendors: [{{id: zoom, name: Zoom}}]\n"

    plan = zoom.apply(given, replace=True)

    assert removed(plan) == ["school/ash"]
    assert changed(plan)["vendor/zoom"]["url"] == ["https://zoom.us", None]
    assert zoom.rows("vendors")["zoom"] == {"id": "zoom", "name": "Zoom"}
    assert set(zoom.rows("flows")) == {"zoom-accounts"}
    assert set(zoom.rows("agreements")) == {"zoom-2020"}
    assert zoom.plan(given, replace=True).is_empty
    zoom.check_whole()


def test_replace_leaves_a_list_alone_that_no_file_holds_and_empties_one_that_is_empty(zoom: Bench) -> None:
    assert zoom.plan(OAK, replace=True).is_empty
    assert removed(zoom.plan(f"{OAK}flows: []\n", replace=True)) == ["flow/zoom-accounts"]


def test_replace_looks_at_all_files_of_a_run_together(zoom: Bench) -> None:
    files = [f"{OAK}schools: [{{id: {id}, name: {name}}}]\n" for id, name in (("elm", "Elm"), ("ash", "Ash"))]

    assert zoom.plan(*files, replace=True).is_empty
    assert removed(zoom.plan(files[0], replace=True)) == ["school/ash"]


def test_replace_keeps_to_the_districts_of_the_files(bench: Bench) -> None:
    bench.apply(ZOOM, ZOOM.replace("id: oak", "id: elm"))

    assert removed(bench.plan(f"{OAK}flows: []\n", replace=True)) == ["flow/zoom-accounts"]


def test_without_replace_nothing_is_removed(zoom: Bench) -> None:
    assert zoom.plan(f"{OAK}schools: []\nflows: []\nvendors: []\n").is_empty


def test_a_row_that_another_one_names_is_not_removed(zoom: Bench) -> None:
    problems = zoom.problems(f"{OAK}vendors: []\nschools: []\n", replace=True)

    assert [problem.strip().partition(" still")[0] for problem in problems] == [
        "The vendor 'zoom' would be removed, but the agreement 'zoom-2020'",
        "The school 'elm' would be removed, but the flow 'zoom-accounts'",
        "The vendor 'zoom' would be removed, but the flow 'zoom-accounts'",
    ]
    assert problems[0].endswith("names it. Change or remove the agreement too, or keep the vendor.")


def test_a_row_goes_with_those_that_name_it(zoom: Bench) -> None:
    plan = zoom.apply(f"{OAK}vendors: []\nagreements: []\nflows: []\nschools: []\n", replace=True)

    assert removed(plan) == ["school/ash", "school/elm", "vendor/zoom", "agreement/zoom-2020", "flow/zoom-accounts"]
    assert zoom.rows("flows") == {}
    zoom.check_whole()
    zoom.apply(ZOOM)
    zoom.check_whole()


def test_a_removed_addition_to_the_taxonomy_leaves_the_taxonomys_element(zoom: Bench) -> None:
    zoom.apply(f"{OAK}elements: [{{id: email, sensitivity: critical}}]\n")

    plan = zoom.apply(f"{OAK}elements: []\n", replace=True)

    assert removed(plan) == ["element/email"]
    assert [flow.elements for flow in zoom.catalog.snapshot(zoom.moment(0).date()).flows] == [("email", "student-id")]
    zoom.check_whole()


def test_a_vendor_may_become_a_party(bench: Bench) -> None:
    bench.apply(f"{OAK}vendors: [{{id: state, name: State}}]\nflows: [{{id: f, to: state, elements: [email]}}]\n")

    plan = bench.apply(f"{OAK}vendors: []\nparties: [{{id: state, name: State, kind: agency}}]\n", replace=True)

    assert (added(plan), removed(plan)) == (["party/state"], ["vendor/state"])
    bench.check_whole()


def test_an_element_of_the_taxonomy_can_be_added_to_by_its_id_alone(bench: Bench) -> None:
    bench.apply(f"{OAK}elements: [{{id: email, sensitivity: critical, also_called: [Google login]}}]\n")

    snapshot = bench.catalog.snapshot(bench.moment(0).date())

    assert snapshot.taxonomy.elements["email"].sensitivity == "critical"
    assert "Google login" in snapshot.taxonomy.elements["email"].also_called
    bench.check_whole()


def test_texts_and_words_that_yaml_likes_to_change_stay_as_they_are(bench: Bench) -> None:
    names = ["1.10", "12e4", "0x1F", "1:30", "1_000", "=", ".5", "no", "on", "Off", "y", "2020-03-30"]
    rows = "\n".join(f"  - {{id: v{number}, name: {name}}}" for number, name in enumerate(names))

    bench.apply(
        f"{OAK.replace('MD', 'MD, home_languages: [en, no]')}vendors:\n{rows}\n  - {{id: on, name: x, note: No}}\n"
    )

    kept = bench.rows("vendors")
    assert [kept[f"v{number}"]["name"] for number in range(len(names))] == names
    assert kept["on"]["note"] == "No"
    assert bench.rows("district")["oak"]["home_languages"] == ["en", "no"]


@pytest.mark.parametrize("name", ["Null", "~", "null"])
def test_a_name_that_means_nothing_in_yaml_is_a_problem_with_its_place(name: str, bench: Bench) -> None:
    [problem] = bench.problems(f"{OAK}vendors:\n  - {{id: v, name: {name}}}\n")

    assert problem.startswith("4:19: vendors[v].name: The field 'name' is empty.")


def test_digits_of_text_are_kept(bench: Bench) -> None:
    bench.apply(
        f"{OAK.replace('MD', 'MD, nces_id: 0100005')}schools: [{{id: 0001, name: 007, nces_id: 010000500001}}]\n"
    )

    assert bench.rows("district")["oak"]["nces_id"] == "0100005"
    assert bench.rows("schools") == {"0001": {"id": "0001", "name": "007", "nces_id": "010000500001"}}


def test_a_large_row_and_many_rows_are_written_in_batches(bench: Bench) -> None:
    rows = "".join(f"  - {{id: v{n}, name: Vendor {n}, note: {'x' * 50}}}\n" for n in range(5_203))

    plan = bench.apply(f"{OAK}vendors:\n{rows}")
    changes = bench.apply(f"{OAK}vendors:\n{rows.replace('Vendor', 'Firm')}")

    assert (len(plan.adds), len(changes.changes)) == (5_204, 5_203)
    assert bench.run(
        "SELECT count(*) FROM vendors WHERE name LIKE 'Firm%'".replace("%", "%%" if "postgres" in bench.url else "%")
    ) == [(5_203,)]
    bench.check_whole()
