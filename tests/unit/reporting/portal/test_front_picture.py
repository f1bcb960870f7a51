"""The picture on the front page: how much of what goes where, in each language, for light and dark screens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dataflows.maps.summary.facts import read_summary_words, summarize
from dataflows.reporting.messages import languages
from dataflows.reporting.picture_words import picture_words
from tests.portals import make_portal, page_faults
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from pathlib import Path

OAK = """
district: {id: oak, name: Oak & Elm, home_languages: [en, es]}
schools: [{id: high, name: Oak High, grades: 9-12}, {id: elm, name: Elm, grades: K-5}]
vendors: [{id: zoom, name: Zoom}, {id: ixl, name: IXL}]
flows:
  - {id: names, to: zoom, method: provided, elements: [first-name, email], purpose: Accounts}
  - {id: high, to: zoom, method: provided, elements: [grade-level], purpose: Classes, audience: {schools: [high]}}
  - {id: clicks, to: ixl, method: collected, elements: [click-events]}
"""


@pytest.fixture(scope="module")
def oak(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("oak") / "site"
    make_portal(OAK, folder)
    return folder


def test_each_language_has_the_picture_in_its_own_words_for_light_and_dark(oak: Path) -> None:
    for tag, title, district in (
        ("en", "How much of what goes where", "Oak &amp; Elm, on October 1, 2026"),
        ("es", "Cuánto de qué va a dónde", "Oak &amp; Elm, el 1 de octubre de 2026"),
    ):
        page = (oak / tag / "index.html").read_text(encoding="utf-8")
        assert (
            f'<source media="screen and (prefers-color-scheme: dark)" srcset="../maps/summary-{tag}-dark.svg">' in page
        )
        assert f'<img src="../maps/summary-{tag}.svg"' in page
        for name in (f"summary-{tag}", f"summary-{tag}-dark"):
            drawn = (oak / "maps" / f"{name}.svg").read_text(encoding="utf-8")
            assert f">{title}</text>" in drawn
            assert f">{district}</text>" in drawn
            assert f'lang="{tag}"' in drawn
    assert 'src="maps/summary-en.svg"' in (oak / "index.html").read_text(encoding="utf-8")
    assert list(page_faults(oak)) == []


def test_the_words_are_those_of_the_summary_each_in_its_place() -> None:
    ours = read_summary_words()
    for tag in (tag for tag, language in languages().items() if language.has("portal")):
        said = picture_words(snapshot_of(OAK), tag)
        for part in ("families", "groups", "sources"):
            assert said[part].keys() == ours[part].keys()
        assert [family["categories"] for family in said["families"].values()] == [
            family["categories"] for family in ours["families"].values()
        ]
        assert len(said["heads"]) == 3
        for part in ("describe", "like"):
            assert sorted(re.findall(r"{\w+}", said[part])) == sorted(re.findall(r"{\w+}", ours[part]))
        assert "{count}" in said["parties"]["more"]
        assert summarize(snapshot_of(OAK), said).bands == summarize(snapshot_of(OAK)).bands


def test_the_bars_say_how_many_get_some_of_each_family(oak: Path) -> None:
    page = (oak / "en" / "index.html").read_text(encoding="utf-8")
    bars = re.findall(
        r"<li><span>([^<]*)</span> <span class=\"note\">([^<]*)</span><svg[^>]*><rect width=\"(\d+)%", page
    )

    assert bars == [
        ("Who your child is", "1 gets it", "50"),
        ("How to reach you and your child", "1 gets it", "50"),
        ("School, classes, attendance", "1 gets it", "50"),
        ("Use of apps and devices", "1 gets it", "50"),
    ]


def test_what_comes_of_all_students_for_one_purpose_is_said_to_be_of_all(oak: Path) -> None:
    page = (oak / "en" / "who" / "zoom.html").read_text(encoding="utf-8")

    assert "<dt>Whose data</dt><dd>All students</dd>" in page
    assert "Students at Oak High" in page


def test_a_district_without_flows_has_no_picture(tmp_path: Path) -> None:
    make_portal("vendors: [{id: ixl, name: IXL}]", tmp_path / "site")

    assert not (tmp_path / "site" / "maps").exists()
    assert "<picture>" not in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_a_vendor_amid_more_flows_than_anybody_can_read_has_no_map_of_its_own(tmp_path: Path) -> None:
    """A chain of a hundred hops would be drawn a hundred times."""
    vendors = ", ".join(f"{{id: v{number}, name: V{number}}}" for number in range(102))
    hops = "".join(f"- {{id: f{n}, from: v{n}, to: v{n + 1}, elements: [email]}}\n" for n in range(100))
    make_portal(f"vendors: [{vendors}]\nflows:\n- {{id: in, to: v0, elements: [email]}}\n{hops}", tmp_path / "site")

    assert not (tmp_path / "site" / "maps" / "vendors").exists()
    assert "V50" in (tmp_path / "site" / "en" / "who" / "v49.html").read_text(encoding="utf-8")
