"""The site for families: what it says of each vendor, school and grade, and how it treats its folder."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from dataflows.actions.portal_files import make_letters
from dataflows.actions.portal_folder import PortalFolder
from dataflows.errors import OutputError
from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.reporting.composing import compose
from dataflows.reporting.kinds import About, Order
from dataflows.reporting.portal.changes import Changes
from dataflows.reporting.portal.paths import letter_page
from dataflows.reporting.portal.surroundings import Surroundings
from tests.machine import CHECKOUT
from tests.portals import files_of, make_portal, page_faults
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from pathlib import Path

OAK = """
district: {id: oak, name: Oak County Schools, state: MD, home_languages: [en, es], contacts: [
  {role: privacy_officer, title: Privacy Office, email: privacy@example.org, phone: 301-555-0100}]}
schools:
  - {id: oak-high, name: Oak High, grades: 9-12}
  - {id: elm, name: Elm Elementary, grades: K-5}
vendors:
  - {id: zoom, name: "Zoom Video Communications, Inc.", aliases: [Zoom], domains: [zoom.us],
     products: [Zoom Meetings, {name: Zoom Rooms, student_data: none}], privacy_url: "https://zoom.us/privacy"}
  - {id: aws, name: Amazon Web Services}
  - {id: left, name: Left Behind}
  - {id: quiet, name: Quiet Tool, products: [{name: Quiet Tool, student_data: none}]}
  - {id: riddle, name: Riddle}
agreements: [{id: deal, vendor: zoom, kind: ndpa, expires: 2027-06-30, document_url: "https://oak.example/deal.pdf"}]
flows:
  - {id: accounts, to: zoom, method: provided, elements: [first-name, email], agreement: deal,
     purpose: {en: To make accounts, es: Para crear cuentas}, legal_basis: 99.31(a)(1)(i)(B), starts: 2026-08-01,
     audience: {schools: [oak-high], grades: 10-12}, retention_days: 365, opt_out: {allowed: true, how: Ask us.}}
  - {id: hosting, from: zoom, to: aws, method: provided, elements: [email], purpose: Hosting, starts: 2020-08-01}
  - {id: before, to: left, method: provided, elements: [ssn], starts: 2015-08-01, ends: 2026-06-30}
"""


@pytest.fixture(scope="module")
def oak(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("oak") / "site"
    days = (date(2025, 10, 1), date(2026, 10, 1))
    make_portal(OAK, folder, changes=Changes(*days, added=("accounts",), ended=("before",)))
    return folder


def words(folder: Path, page: str) -> str:
    """Return a page's words between its main landmark's ends, spaces as one."""
    html = (folder / page).read_text(encoding="utf-8")
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)).strip()


def test_every_link_leads_somewhere_and_every_page_is_well_formed(oak: Path) -> None:
    assert list(page_faults(oak)) == []


def test_a_vendor_page_says_what_why_whose_for_how_long_and_how_to_say_no(oak: Path) -> None:
    said = words(oak, "en/who/zoom.html")

    for part in ("Zoom Video Communications, Inc.", "2 kinds of data", "To make accounts", "Ask us.", "Oak High",
                 "Up to 365 days after we stop sharing it", "Amazon Web Services", "until June 30, 2027",
                 "34 CFR 99.31(a)(1)(i)(B)", "Students in grades 10-12", "Its privacy policy"):  # fmt: skip
        assert part in said


def test_the_three_states_of_a_vendor_are_told_apart(oak: Path) -> None:
    assert "Left Behind" not in words(oak, "en/who.html")
    assert "Last day" in words(oak, "en/left.html")
    assert "Social Security number" in words(oak, "en/left.html")
    assert "Zoom" not in words(oak, "en/left.html")
    nothing = words(oak, "en/no-data.html")
    assert nothing.index("Quiet Tool") < nothing.index("Not known yet") < nothing.index("Riddle")
    assert "Zoom : Zoom Rooms" in nothing


def test_a_kind_of_data_says_by_which_chain_it_gets_where(oak: Path) -> None:
    said = words(oak, "en/data/email.html")

    assert "2 companies and offices get this" in said
    assert "Amazon Web Services From us, through Zoom Hosting" in said
    assert "no one outside our schools gets this" in words(oak, "en/data/photo.html")
    assert "Left Behind" in words(oak, "en/data/ssn.html")


def test_a_broader_kind_of_data_counts_those_who_get_a_part_of_it(oak: Path) -> None:
    assert "1 company or office gets this" in words(oak, "en/data/name.html")


def test_schools_and_grades_say_only_what_concerns_their_students(oak: Path) -> None:
    assert "Zoom" in words(oak, "en/schools/oak-high.html")
    assert "grades 10-12" in words(oak, "en/schools/oak-high.html")
    assert "Zoom" not in words(oak, "en/schools/elm.html")
    assert "Zoom" in words(oak, "en/grades/10.html")
    assert "Zoom" not in words(oak, "en/grades/9.html")
    assert "Left Behind" in words(oak, "en/schools/elm.html")


def test_every_page_stands_in_each_home_language(oak: Path) -> None:
    pages = {name[3:] for name in files_of(oak) if name.startswith("en/") and name.endswith(".html")}

    assert pages == {name[3:] for name in files_of(oak) if name.startswith("es/") and name.endswith(".html")}
    html = (oak / "es/who/zoom.html").read_text(encoding="utf-8")
    assert '<html lang="es" dir="ltr">' in html
    assert '<link rel="alternate" hreflang="en" href="../../en/who/zoom.html">' in html
    assert "Para crear cuentas" in html
    assert '<span lang="en" dir="ltr">Hosting</span>' in (oak / "es/who/aws.html").read_text(encoding="utf-8")


def test_the_front_page_has_the_numbers_and_the_few_names(oak: Path) -> None:
    said = words(oak, "index.html")

    assert "2 companies get data" in said
    assert "Zoom 2 kinds of data · You can say no to some or all of it" in said
    assert "Zoom began to get data." in said
    assert said == words(oak, "en/index.html")


def test_the_feed_is_atom_with_an_entry_a_change(oak: Path) -> None:
    feed = ET.fromstring((oak / "es/feed.xml").read_bytes())  # noqa: S314 - our own file
    atom = "{http://www.w3.org/2005/Atom}"

    titles = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
    assert titles == ["Zoom comenzó a recibir datos.", "Left Behind dejó de recibir datos."]
    assert feed.findtext(f"{atom}updated") == "2026-08-01T00:00:00Z"
    assert all(entry.findtext(f"{atom}id", "").startswith("urn:uuid:") for entry in feed.iter(f"{atom}entry"))


def test_who_gets_other_data_too_did_not_begin_or_stop_to_get_any(tmp_path: Path) -> None:
    text = """
catalog: 1
district: {id: oak, name: Oak, state: MD}
vendors: [{id: v, name: Vee}, {id: w, name: Wye}]
flows:
  - {id: kept, to: v, elements: [email], starts: 2020-01-01}
  - {id: gone, to: v, elements: [phone], starts: 2020-01-01, ends: 2026-05-01}
  - {id: more, to: v, elements: [photo], starts: 2026-03-01}
  - {id: left, to: w, elements: [phone], starts: 2020-01-01, ends: 2026-05-01}
"""
    days = (date(2025, 10, 1), date(2026, 10, 1))
    make_portal(text, tmp_path / "site", changes=Changes(*days, added=("more",), ended=("gone", "left")))
    said = words(tmp_path / "site", "en/changes.html")

    assert "Vee no longer gets some of the data." in said
    assert "Vee began to get more data." in said
    assert "Wye stopped getting data." in said


def test_the_data_say_the_same_as_the_pages(oak: Path) -> None:
    tree = json.loads((oak / "open-data/catalog.json").read_bytes())
    graph = json.loads((oak / "open-data/catalog.jsonld").read_bytes())["@graph"]
    with (oak / "open-data/holders.csv").open(encoding="utf-8-sig", newline="") as file:
        holders = [(row["party"], row["state"], row["element"]) for row in csv.DictReader(file)]

    assert [flow["id"] for flow in tree["flows"]] == ["accounts", "hosting", "before"]
    [process] = [node for node in graph if node["@id"] == "#flow-accounts"]
    assert process["dpv:hasRecipient"] == {"@id": "#party-zoom"}
    assert process["dpv:hasPersonalData"] == [{"@id": "#data-email"}, {"@id": "#data-first-name"}]
    assert process["dpv:hasPurpose"]["title"] == {"en": "To make accounts", "es": "Para crear cuentas"}
    assert process["dpv:hasLegalBasis"]["source"] == "34 CFR 99.31(a)(1)(i)(B)"
    assert ("aws", "gets", "email") in holders
    assert ("left", "may still have", "ssn") in holders


def test_the_public_tree_is_a_catalog_file_again(oak: Path) -> None:
    text = (oak / "open-data/catalog.json").read_text(encoding="utf-8")

    assert set(snapshot_of(text).vendors) == {"zoom", "aws", "left", "quiet", "riddle"}


def test_the_same_catalog_gives_the_same_bytes_and_a_second_run_writes_nothing(tmp_path: Path) -> None:
    first = make_portal(OAK, tmp_path / "one")
    make_portal(OAK, tmp_path / "two")
    again = make_portal(OAK, tmp_path / "one")

    one, two = (files_of(tmp_path / name) for name in ("one", "two"))
    assert one.keys() == two.keys()
    assert [name for name in one if one[name].read_bytes() != two[name].read_bytes()] == []
    assert (first.written, again.written, again.removed) == (len(one) - 1, 0, 0)


def test_a_rebuild_keeps_the_pdfs_whose_text_is_the_same_and_makes_a_damaged_one_anew(tmp_path: Path) -> None:
    make_portal(OAK, tmp_path / "site")
    fresh = {path: file.read_bytes() for path, file in files_of(tmp_path / "site").items()}
    letters = [tmp_path / "site" / "en" / "letters-to-families" / f"{name}.pdf" for name in ("zoom", "aws")]
    before = letters[1].stat().st_mtime_ns
    letters[0].write_bytes(b"damaged")
    again = make_portal(OAK, tmp_path / "site")

    assert again.written == 1
    assert letters[1].stat().st_mtime_ns == before
    assert {path: file.read_bytes() for path, file in files_of(tmp_path / "site").items()} == fresh

    renamed = make_portal(OAK.replace("Amazon Web Services", "Other Services"), tmp_path / "site")
    make_portal(OAK.replace("Amazon Web Services", "Other Services"), tmp_path / "other")
    assert renamed.written > 0
    assert files_of(tmp_path / "site").keys() == files_of(tmp_path / "other").keys()
    assert all(
        file.read_bytes() == (tmp_path / "other" / path).read_bytes()
        for path, file in files_of(tmp_path / "site").items()
    )


def test_a_rebuild_writes_what_changed_and_removes_what_is_gone(tmp_path: Path) -> None:
    make_portal(OAK, tmp_path / "site")
    other = tmp_path / "site" / "mine.txt"
    other.write_text("ours", encoding="utf-8")
    edited = tmp_path / "site" / "es" / "who" / "left.html"
    edited.write_text("edited by hand", encoding="utf-8")
    untouched = (tmp_path / "site/en/data/photo.html").stat().st_mtime_ns

    made = make_portal("\n".join(line for line in OAK.splitlines() if "left" not in line), tmp_path / "site")

    assert not (tmp_path / "site/en/who/left.html").exists()
    assert other.exists()
    assert made.kept == ("es/who/left.html",)
    assert edited.exists()
    assert (tmp_path / "site/en/data/photo.html").stat().st_mtime_ns == untouched
    edited.unlink()
    assert list(page_faults(tmp_path / "site")) == []


def test_files_of_somebody_else_are_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("the district's own front page", encoding="utf-8")

    with pytest.raises(OutputError, match=r"index\.html is there already"):
        make_portal(OAK, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


@pytest.mark.parametrize("listed", ["../outside.txt", "/etc/outside", "a/../../outside.txt", ".hidden"])
def test_a_list_of_files_that_points_outside_removes_nothing(tmp_path: Path, listed: str) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("x", encoding="utf-8")
    (tmp_path / "site").mkdir()
    files = {listed: "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}
    (tmp_path / "site/files.json").write_text(json.dumps({"files": files}), encoding="utf-8")

    make_portal(OAK, tmp_path / "site")

    assert outside.exists()


@pytest.mark.parametrize("text", ["[1, 2]", "null", '{"files": {}, "made_from": [1]}', "[" * 200_000], ids=range(4))
def test_a_list_of_files_that_is_none_of_ours_stops_the_run(tmp_path: Path, text: str) -> None:
    (tmp_path / "files.json").write_text(text, encoding="utf-8")

    with pytest.raises(OutputError, match="no list of a portal's files"):
        make_portal(OAK, tmp_path)


@pytest.mark.parametrize("path", ["files.json", "en/about.html"])
def test_a_folder_in_place_of_a_file_is_said_with_what_to_do(tmp_path: Path, path: str) -> None:
    make_portal(OAK, tmp_path / "site")
    (tmp_path / "site" / path).unlink()
    (tmp_path / "site" / path).mkdir()

    with pytest.raises(OutputError, match="Name another folder"):
        make_portal(OAK, tmp_path / "site")


def test_a_file_in_place_of_the_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("x", encoding="utf-8")

    with pytest.raises(OutputError, match="can't be made"):
        make_portal(OAK, tmp_path / "site")


def test_a_run_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        make_portal(OAK, tmp_path / ("long" * 100))

    assert list(tmp_path.iterdir()) == []


def test_an_empty_catalog_has_a_site_that_says_so(tmp_path: Path) -> None:
    make_portal("vendors: []", tmp_path / "site")

    assert "no company or office outside our schools gets data" in words(tmp_path / "site", "index.html")
    assert list(page_faults(tmp_path / "site")) == []


NAMES = """
district: {name: "Oak <b>&amp; \\"Elm\\"", home_languages: [en]}
vendors:
  - {id: con, name: %s}
  - {id: zoom, name: ZOOM}
  - {id: zoom-2, name: zoom}
  - {id: hebrew, name: "מערכת לימוד (2) בע״מ"}
  - {id: arabic, name: "منصة \u202eالتعلم"}
  - {id: accent, name: Élan}
  - {id: sign, name: "<script>alert(1)</script>'\\" onload=x"}
flows:
  - {id: f1, to: con, elements: [email], purpose: "<img src=x onerror=alert(1)>"}
  - {id: f2, to: zoom, elements: [email], purpose: "[x](javascript:alert(1))"}
  - {id: f3, to: zoom-2, elements: [email], purpose: "{{ 7 * 7 }}"}
  - {id: f4, to: hebrew, elements: [email]}
  - {id: f5, to: arabic, elements: [email]}
  - {id: f6, to: accent, elements: [email]}
  - {id: f7, to: sign, elements: [email], opt_out: {allowed: true, how: "# A\\n\\n<script>x</script>\\n\\n# A"}}
""" % ("N" * 400)


def test_names_of_any_kind_make_whole_pages_with_files_that_every_disk_takes(tmp_path: Path) -> None:
    make_portal(NAMES, tmp_path / "site")

    assert list(page_faults(tmp_path / "site")) == []
    names = [name.lower() for name in files_of(tmp_path / "site")]
    assert len(set(names)) == len(names)
    assert "en/who/_con.html" in names
    html = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html"))
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "javascript:" not in html.replace("(javascript:alert(1))", "")
    assert "\u202e" not in html
    assert "{{ 7 * 7 }}" in html


def test_one_vendor_that_gets_everything_has_a_page_that_says_all_of_it(tmp_path: Path) -> None:
    known = list(builtin_taxonomy().elements)
    text = f"vendors: [{{id: all, name: Everything}}]\nflows: [{{id: f, to: all, elements: [{', '.join(known)}]}}]"
    made = make_portal(text, tmp_path / "site")
    page = (tmp_path / "site" / "en" / "who" / "all.html").read_text(encoding="utf-8")

    assert list(page_faults(tmp_path / "site")) == []
    widest = {id for id in known if builtin_taxonomy()[id].broader is None}
    assert widest <= {name.lstrip("_") for name in re.findall(r'href="\.\./data/([a-z0-9_-]+)\.html"', page)}
    gets = [
        path
        for path in (tmp_path / "site" / "en" / "data").iterdir()
        if "who/all.html" in path.read_text(encoding="utf-8")
    ]
    assert len(gets) == len(known)
    assert made.files > len(known)


def test_of_more_than_a_thousand_vendors_each_has_a_page_and_a_letter_and_none_a_map_of_its_own(tmp_path: Path) -> None:
    many = range(1_010)
    vendors = "\n".join(f"  - {{id: v{n}, name: Tool {n}}}" for n in many)
    flows = "\n".join(f"  - {{id: f{n}, to: v{n}, method: provided, elements: [email]}}" for n in many)
    passed = "\n".join(f"  - {{id: g{n}, from: v{n}, to: host, elements: [email]}}" for n in many[1:])
    host = "  - {id: host, name: Host}"
    make_portal(f"vendors:\n{vendors}\n{host}\nflows:\n{flows}\n{passed}", tmp_path / "site")
    files = files_of(tmp_path / "site")

    assert all(f"en/who/v{n}.html" in files and f"en/letters-to-families/v{n}.html" in files for n in many)
    assert not [path for path in files if path.startswith(("maps/vendors/", "en/letters-to-families/v1.pdf"))]
    assert {"maps/summary-en.svg", "maps/overview-en.pdf", f"en/{letter_page('T')}"} <= files.keys()
    assert max(files[path].stat().st_size for path in ("index.html", "en/index.html", "en/who.html")) < 100_000


def test_names_stand_under_the_letters_under_which_people_look(tmp_path: Path) -> None:
    vendors = "\n".join(f"  - {{id: v{n}, name: {chr(65 + n % 26)}tool {n}}}" for n in range(30))
    flows = "\n".join(f"  - {{id: f{n}, to: v{n}, elements: [email]}}" for n in range(30))
    accented = "vendors:\n  - {id: e, name: Élan}", "flows:\n  - {id: e, to: e, elements: [email]}"
    make_portal(f"{accented[0]}\n{vendors}\n{accented[1]}\n{flows}", tmp_path / "site")

    said = words(tmp_path / "site", "en/who.html")
    assert re.search(r" E Élan .* Etool 4 .* F Ftool 5 ", said)


def test_a_letter_from_a_vendors_own_flows_is_that_from_all_flows() -> None:
    text = (CHECKOUT / "schemas" / "examples" / "zoom-2020.yaml").read_text(encoding="utf-8")
    for whole in (snapshot_of(text), snapshot_of(OAK)):
        around = Surroundings(whole)
        for vendor in whole.vendors:
            one, other = (
                compose(Order("vendor-letter", snapshot, "en", whole.valid_on, About(vendor=vendor)))
                for snapshot in (whole, around.of(vendor))
            )
            assert one == other


def test_letters_are_there_in_each_language_for_those_who_get_data(tmp_path: Path) -> None:
    folder = PortalFolder(tmp_path / "site")
    with folder.staged():
        letters = make_letters(snapshot_of(OAK), ("en", "es"), None, folder)

    assert sorted(letters) == ["aws", "zoom"]
    assert {(view.language, view.form) for view in letters["zoom"]} == {
        ("en", "html"), ("en", "pdf"), ("es", "html"), ("es", "pdf")}  # fmt: skip
    found = {path: file.stat().st_size for path, file in files_of(tmp_path / "site").items() if path != "files.json"}
    assert {view.href: view.size for views in letters.values() for view in views} == found
