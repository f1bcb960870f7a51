"""Letters that the map's own font lacks are set in a font that has them, and the others stay as they are."""

from __future__ import annotations

import pytest

from dataflows.maps.scripts import set_scripts_apart
from tests.unit.maps.examples import parse

SVG = "{http://www.w3.org/2000/svg}"


def runs_of(text: str) -> list[tuple[str | None, str]]:
    root = parse(f'<svg xmlns="{SVG[1:-1]}"><text textLength="9">{text}</text></svg>')
    found = set_scripts_apart(root)
    runs = [(part.get("font-family"), part.text or "") for part in root.iter(f"{SVG}tspan")]
    assert found == bool(runs) == (root[0].get("textLength") is None)
    return runs


@pytest.mark.parametrize("text", ["Mathly", "Ñandú – 3.5", "", "→ ■ x", "Ωmega Привет"])
def test_what_the_font_has_is_left_as_it_is(text: str) -> None:
    assert runs_of(text) == []


def test_each_run_of_other_letters_has_its_font_and_no_sign_is_lost() -> None:
    text = "Mixed مختلط عربي 3.5 (חברה 学校)"
    runs = runs_of(text)

    assert "".join(part for _, part in runs) == text
    assert [(family, part.strip()) for family, part in runs] == [
        (None, "Mixed"), ("Noto Sans Arabic", "مختلط عربي"), (None, "3.5 ("), ("Noto Sans Hebrew", "חברה"),
        ("Noto Sans CJK SC", "学校"), (None, ")"),
    ]  # fmt: skip
