"""Which names are proposed as one vendor, and which only look alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from publicsuffixlist import PSLFILE, PublicSuffixList

from dataflows.sources.district_list.domains import find_addresses, registered_domain, vendor_domain
from dataflows.sources.district_list.propose import propose_mapping
from dataflows.sources.district_list.spellings import vendor_slug, without_suffix
from tests.unit.sources.district_list.lists import propose, read_text, write


def groups(folder: Path, *lines: str) -> list[list[str]]:
    text = "Vendor,Website,Data shared\n" + "".join(f"{line},name\n" for line in lines)
    found = propose_mapping(str(write(folder, text))).vendors
    return [[vendor.name, *(other.name for other in vendor.also)] for vendor in found]


def test_an_address_a_name_and_a_company_are_one(tmp_path: Path) -> None:
    assert groups(tmp_path, "zoom.us,", "Zoom,", '"Zoom Video Communications, Inc.",') == [
        ["Zoom", "zoom.us", "Zoom Video Communications, Inc."]
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ('"Zoom, Inc.",', "Zoom,"),
        ("ZOOM,", "Zoom LLC,"),
        ("Curriculum A,play.acme.com", "Acme,https://www.acme.com/x"),
        ("Acme,acme.co.uk", "Other Name,app.acme.co.uk"),
        ("NWEA (Northwest Evaluation Association),", "Northwest Evaluation Association,"),
        ("Se\u00f1or Learning,", "Sen\u0303or Learning,"),
        ("Amplify,", '"Amplify Education, Inc.",'),
        ("Canva Pty. Ltd.,", "Canva,"),
        ("Desmos Studio PBC,", "Desmos Studio,"),
        ("ANTON,", "Anton GmbH,"),
        ("Kahoot! ASA,", "Kahoot!,"),
        ("LEGO Education A/S,", "Lego Education,"),
        ("Savvas Learning Company LLC,", "Savvas Learning Co.,"),
        ("The College Board,", "College Board,"),
        ("Learning A\u2013Z,", "Learning A-Z,"),
        ("Agile Sports Technologies Inc. d/b/a Hudl,", "Hudl,"),
        ('"Hudl (Agile Sports Technologies, Inc.)",', "Agile Sports Technologies,"),
        ("GoGuardian (Liminex),", '"Liminex, Inc.",'),
        ("\u00c1rbol ABC,", "Arbol ABC,"),
        ("\uff23lever,", "Clever,"),
        ('"Khan Academy, Inc., a nonprofit",', "Khan Academy,"),
        ("Canvas,canvas.instructure.com", '"Instructure, Inc.",instructure.com'),
    ],
)
def test_these_are_one(tmp_path: Path, lines: tuple[str, ...]) -> None:
    [group] = groups(tmp_path, *lines)

    assert len(group) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("Apple,", "Apple Tree Learning,"),
        ("Amplify,amplify.com", "Amplify Sports,amplifysports.org"),
        ("One,sites.google.com/view/one", "Two,sites.google.com/view/two"),
        ("One,one.github.io", "Two,two.github.io"),
        ("One,one.k12.md.us", "Two,two.k12.md.us"),
        ("Zoom,", "Zo\u043em,"),
        ('"Discovery Education, Inc",', '"Discovery Benefits, Inc",'),
        ("Apple Inc.,", "Apple Pie Inc.,"),
        ("BrainPOP LLC (Kirkbi A/S),", "Kirkbi A/S,"),
        ("Epic Systems,epic.com", "Epic! Creations,getepic.com"),
        ("Words,apps.apple.com/us/app/1", "Sums,apps.apple.com/us/app/2"),
    ],
)
def test_these_are_not(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert groups(tmp_path, *lines) == []


def test_a_look_alike_is_a_warning_with_its_letter_and_places(tmp_path: Path) -> None:
    mapping = propose_mapping(str(write(tmp_path, "Vendor,Data shared\nZoom,name\nZo\u043em,name\n")))

    assert mapping.remarks == (
        (
            "line 3: 'Zo\u043em' looks like 'Zoom' (line 2) and is another name. It has \u043e (U+043E)."
            " They were not taken for one vendor."
        ),
    )


def test_a_product_of_no_company_goes_to_the_vendor_of_its_domain(tmp_path: Path) -> None:
    found = read_text(tmp_path, "App,Company,Website\nRooms,,zoom.us/rooms\nMeetings,Zoom,zoom.us\n")

    assert found.ids("vendors") == ["zoom"]
    assert found.rows["vendors"]["zoom"]["products"] == ["Rooms", "Meetings"]
    assert "aliases" not in found.rows["vendors"]["zoom"]


def test_a_name_that_was_struck_out_keeps_an_id_of_its_own(tmp_path: Path) -> None:
    text = 'Vendor,Data shared\nZoom,name\n"Zoom, Inc.",email\n'
    found = read_text(tmp_path, text, edits={'      - "Zoom, Inc."': '      # - "Zoom, Inc."'})

    assert found.ids("vendors") == ["zoom", "zoom-inc"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Zoom Video Communications, Inc.", "Zoom Video Communications"),
        ("Acme Co., Ltd.", "Acme"),
        ("Co", "Co"),
        ("LLC", "LLC"),
    ],
)
def test_legal_suffixes_go_unless_they_are_the_name(name: str, plain: str) -> None:
    assert without_suffix(name) == plain
    assert vendor_slug(name)


def test_domains_follow_the_public_suffix_list() -> None:
    assert registered_domain("us02web.zoom.us") == "zoom.us"
    assert registered_domain("localhost") is None
    assert vendor_domain("play.google.com") is None


def test_domains_are_those_of_the_whole_list_of_suffixes_though_only_a_part_of_it_is_read() -> None:
    whole = PublicSuffixList(accept_unknown=False)
    lines = Path(PSLFILE).read_text(encoding="utf-8").splitlines()
    rules = [line.strip().lstrip("!").replace("*", "any") for line in lines if line.strip() and line[:2] != "//"]
    hosts = [f"{start}{rule}" for rule in rules[::3] for start in ("", "school.", "www.school.")]
    hosts += [host.encode("idna").decode() for host in hosts if not host.isascii()]
    hosts += ["localhost", "", ".", "a..b.com", "x.unknown", "xn--a.com", "xn--.xn--", "com", "www.com.", "A.CO.UK"]

    assert len(hosts) > 9_000
    assert [registered_domain(host) for host in hosts] == [
        whole.privatesuffix(host.lower().strip(".")) or None for host in hosts
    ]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("ixl.com", ["https://ixl.com"]),
        ("HTTP://WWW.IXL.com/Path?a=1", ["http://www.ixl.com/Path?a=1"]),
        ("ixl.com and zoom.us/rooms;", ["https://ixl.com", "https://zoom.us/rooms"]),
        ("javascript:alert(1)", []),
        ("n.a.", []),
        ("v1.2", []),
        ("", []),
    ],
)
def test_addresses_are_found_as_they_are_typed(text: str, addresses: list[str]) -> None:
    assert find_addresses(text) == addresses


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("sites.google.com/view/smith", "https://sites.google.com/view/jones"),
        ("one.herokuapp.com", "two.herokuapp.com"),
        ("one.weebly.com", "two.weebly.com"),
        ("oak.k12.md.us", "elm.k12.md.us"),
        ("one.co.uk", "two.co.uk"),
        ("x1.s3.amazonaws.com", "x2.s3.amazonaws.com"),
    ],
)
def test_what_many_share_makes_no_two_vendors_one(first: str, second: str, tmp_path: Path) -> None:
    assert "vendors: []" in propose(tmp_path, f"App,Company,Website\nA,Smith,{first}\nB,Jones,{second}\n")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Acme,www.acme.com", "Reading Group,http://ACME.com:8080/login?x=1"),
        ("Café App,https://xn--caf-dma.com", "Cafe Makers,café.com"),
        ("Houghton & Mifflin,", "Houghton and Mifflin,"),
        ("Kahoot!®,", "KAHOOT! (R),"),
        ("Acme GmbH,", "ACME Ltd.,"),
        ('"Wallwisher, Inc. d/b/a Padlet",', "Padlet,"),
        ("Acme AS,", "Acme Pty Ltd,"),
    ],
)
def test_spellings_of_one_vendor_are_proposed_as_one(first: str, second: str, tmp_path: Path) -> None:
    assert "    also:\n" in propose(tmp_path, f"App,Company,Website\nA,{first}\nB,{second}\n")


def test_a_domain_with_a_letter_of_another_script_is_a_warning(tmp_path: Path) -> None:
    text = propose(tmp_path, "App,Company,Website\nA,Zoom,zoom.us\nB,Meet,z\u043e\u043em.us\n")

    assert (
        "z\u043e\u043em.us (xn--zm-fmca.us) of 'Meet' looks like zoom.us of 'Zoom' and is another domain."
        in " ".join(text.replace("#", " ").split())
    )
    assert "vendors: []" in text


def test_a_domain_of_very_many_names_makes_no_vendor_of_them(tmp_path: Path) -> None:
    lines = "".join(f"Vendor{n},www.example-host.com,name\n" for n in range(26))
    found = propose_mapping(str(write(tmp_path, f"Vendor,Website,Data shared\n{lines}")))

    assert not found.vendors
    assert "26 names have example-host.com: too many to be one vendor, so it was not taken for one's." in found.remarks


@pytest.mark.parametrize(
    ("name", "other"), [("PayPaI", "PayPal"), ("Zo0m", "Zoom"), ("1XL", "IXL"), ("Cl\u0435ver", "Clever")]
)
def test_names_that_only_look_alike_are_a_warning(tmp_path: Path, name: str, other: str) -> None:
    text = propose(tmp_path, f"Vendor,Data shared\n{name},name\n{other},name\n")

    assert "looks like" in text
    assert "vendors: []" in text


def test_what_a_company_is_stands_behind_its_name(tmp_path: Path) -> None:
    found = read_text(tmp_path, 'Vendor,Data\n"NWEA, a division of HMH",name\n')

    assert found.rows["vendors"]["nwea"]["name"] == "NWEA"
    assert any("What stands behind the name, 'a division of HMH'" in line for line in found.left_out)
