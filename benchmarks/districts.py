"""Invented catalogs of a given size, as YAML and JSON, and the rows that a baseline writes."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from random import Random
from typing import TextIO

CHECKOUT = Path(__file__).resolve().parent.parent


def element_ids() -> list[str]:
    """Return the taxonomy's elements."""
    with (CHECKOUT / "schemas" / "taxonomy" / "elements.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


def write_district(yaml: Path, rows: Path, *, flows: int, vendors: int) -> int:
    """Write a catalog of so many flows as YAML and JSON, and its flow-element rows as JSON; return their number."""
    random = Random(1)
    known = element_ids()
    names = [f"vendor-{number}" for number in range(vendors)]
    made = []
    for number in range(flows):
        body = {
            "id": f"flow-{number}", "to": random.choice(names), "method": "provided",
            "elements": random.sample(known, random.choice((3, 4, 5, 6, 7, 7))),
            "purpose": f"Instruction and practice {number % 50}", "legal_basis": "99.31(a)(1)(i)(B)",
            "starts": f"2024-0{1 + number % 9}-15",
        }  # fmt: skip
        made.append(body)
    with yaml.open("w", encoding="utf-8", newline="\n") as file:
        _write_yaml(file, names, made)
    district = {"id": "big", "name": "Big County Schools", "state": "MD"}
    tree = {
        "catalog": 1,
        "district": district,
        "vendors": [{"id": name, "name": f"The {name} company"} for name in names],
        "flows": made,
    }
    yaml.with_suffix(".json").write_text(json.dumps(tree), encoding="utf-8", newline="\n")
    flat = [("big", f["id"], e, f["to"], f["method"], f["legal_basis"], f["starts"], f["purpose"])
            for f in made for e in f["elements"]]  # fmt: skip
    rows.write_text(json.dumps(flat), encoding="utf-8", newline="\n")
    return len(flat)


def _write_yaml(file: TextIO, names: list[str], flows: list[dict[str, object]]) -> None:
    file.write("catalog: 1\ndistrict: {id: big, name: Big County Schools, state: MD}\nvendors:\n")
    file.writelines(f"  - {{id: {name}, name: The {name} company}}\n" for name in names)
    file.write("flows:\n")
    for flow in flows:
        fields = ", ".join(
            f"{key}: [{', '.join(value)}]" if isinstance(value, list) else f"{key}: {value}"
            for key, value in flow.items()
        )
        file.write(f"  - {{{fields}}}\n")


if __name__ == "__main__":
    source, flat, *numbers = sys.argv[1:]
    print(write_district(Path(source), Path(flat), flows=int(numbers[0]), vendors=int(numbers[1])))
