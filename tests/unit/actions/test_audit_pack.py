"""The pack's parts: the draw of a sample, the vendors beside a list from outside, a pack that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from dataflows.actions.audit_compared import compare_with_list
from dataflows.actions.audit_pack import draw_sample
from dataflows.actions.audit_sheets import rows_sheet
from dataflows.model.flows import Flow
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.catalog.snapshots import Bodies

IDS = st.lists(st.from_regex(r"[a-z]{1,4}", fullmatch=True), unique=True, max_size=12)


@given(IDS, st.integers(0, 15), st.integers(0, 99))
def test_a_draw_is_of_the_size_asked_for_and_does_not_depend_on_the_order(ids: list[str], size: int, seed: int) -> None:
    drawn = draw_sample({"flows": [(id, {}) for id in ids]}, size, seed)
    again = draw_sample({"flows": [(id, {}) for id in sorted(ids)]}, size, seed)

    assert drawn == again == tuple(sorted(drawn))
    assert len(drawn) == min(size, len(ids))
    assert set(drawn) <= set(ids)


def test_another_seed_draws_others() -> None:
    bodies: Bodies = {"flows": [(f"f{number}", {}) for number in range(100)]}

    assert draw_sample(bodies, 25, 7) != draw_sample(bodies, 25, 8)


VENDORS = """
vendors:
  - {id: zoom, name: "Zoom Video Communications, Inc.", aliases: [Zoom], domains: [zoom.us]}
  - {id: ixl, name: IXL Learning, url: "https://www.ixl.com/about", products: [IXL Math]}
  - {id: lexia, name: Lexia}
"""
LIST = """\
Vendor,Product,Website
Somebody else,Rooms,https://us02web.zoom.us/rooms
,IXL Math,
LEXIA LLC,Core5,
Kahoot,Kahoot!,kahoot.it
Kahoot,Kahoot! Plus,kahoot.com
"""


def test_a_vendor_is_met_by_a_domain_or_by_any_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    found = compare_with_list(snapshot_of(VENDORS), str(tmp_path / "list.csv"))

    assert {met.vendor for met in found.of("both")} == {"zoom", "ixl", "lexia"}
    assert [(met.name, met.place) for met in found.of("list only")] == [("Kahoot", "line 5; line 6")]
    assert found.of("catalog only") == ()
    assert found.rows == 5


def test_what_is_nested_stands_as_json_in_its_cell() -> None:
    sheet = rows_sheet(Flow, [("f", {"id": "f", "elements": ["email", "name"], "sources": [{"title": "Letter"}]})])

    assert "email; name" in sheet
    assert '[{""title"": ""Letter""}]' in sheet
