"""Catalogs that the tests of maps draw."""

from __future__ import annotations

import random
from xml.etree import ElementTree as ET

from dataflows.law.taxonomy import builtin_taxonomy


def parse(svg: bytes | str) -> ET.Element:
    """Read a drawing."""
    return ET.fromstring(svg)  # noqa: S314 - our own drawing, whose well-formedness is the question


VIDEO = """
district: {id: oak, name: Oak County Schools, state: MD}
vendors:
  - {id: meetly, name: "Meetly Video, Inc."}
  - {id: stratus, name: Stratus Hosting}
  - {id: idle, name: Idle Learning}
parties: [{id: state, name: State Department of Education, kind: agency}]
flows:
  - {id: accounts, to: meetly, method: provided, elements: [first-name, last-name, email, student-id]}
  - {id: rosters, to: meetly, method: provided, elements: [course-schedule], starts: 2026-08-01}
  - {id: device, from: students, to: meetly, method: collected, elements: [device-information, app-usage]}
  - {id: uploads, from: students, to: meetly, method: contributed, elements: [student-work]}
  - {id: hosting, from: meetly, to: stratus, method: provided, elements: [email], legal_basis: 99.33(b)}
  - {id: watching, from: students, to: oak, method: collected, elements: [username]}
  - {id: results, from: meetly, to: oak, method: provided, elements: [attendance]}
  - {id: study, to: state, elements: [state-student-id, test-scores]}
  - {id: over, to: idle, method: provided, elements: [email], ends: 2025-06-30}
"""

CARRIED = """
district: {id: oak, name: Oak County Schools, state: MD}
vendors:
  - {id: rosters, name: Roster Bridge}
  - {id: reader, name: Reading Tree}
  - {id: sums, name: Sums Daily}
flows:
  - {id: reader-roster, to: reader, via: rosters, method: provided, elements: [student-id]}
  - {id: reader-names, to: reader, method: provided, elements: [email]}
  - {id: sums-roster, to: sums, via: rosters, method: provided, elements: [student-id]}
  - {id: conduct, from: students, to: oak, via: reader, method: collected, elements: [username]}
"""


def chain(length: int) -> str:
    """Write a catalog in which data goes from vendor to vendor."""
    vendors = ", ".join(f"{{id: c{number}, name: Link {number}}}" for number in range(length))
    flows = ["- {id: first, to: c0, elements: [email]}"]
    flows += [
        f"- {{id: f{number}, from: c{number}, to: c{number + 1}, elements: [email]}}" for number in range(length - 1)
    ]
    return f"vendors: [{vendors}]\nflows:\n" + "\n".join(flows)


def star(vendors: int) -> str:
    """Write a catalog in which every vendor sends to one hub."""
    rows = ", ".join(f"{{id: v{number}, name: Vendor {number}}}" for number in range(vendors))
    flows = [
        f"- {{id: a{number}, to: v{number}, method: provided, elements: [email]}}\n"
        f"- {{id: b{number}, from: v{number}, to: hub, method: provided, elements: [email]}}"
        for number in range(vendors)
    ]
    return f"vendors: [{{id: hub, name: Hub}}, {rows}]\nflows:\n" + "\n".join(flows)


HOSTILE_NAMES = (
    "D&D  Night",
    "AT&T <K-12>",
    "&amp;",
    "&#x41;",
    '"quoted" \\N \\l back\\slash\\',
    "<b>bold</b><script>alert(1)</script>",
    "line one\nline two",
    "x" * 400,
    "word " * 80 + "end",
    "مدارس المقاطعة للتعليم",
    "בית ספר (1)",
    "😀 Emoji School",
    "<>",
    "<font></font>",
    "]]>",
    "中文教育科技有限公司" * 8,
    "turned\u202eevil",
    "%s {x} $y",
    "-->",
    "&",
    "a\u0085b\u2028c",
    "'",
    "\\",
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
)


def large_district(vendors: int, hosts: int, seed: int = 1) -> str:
    """Write a catalog of vendors that take after a few patterns, and hosts that some of them send to."""
    chance = random.Random(seed)  # noqa: S311
    elements = list(builtin_taxonomy().elements)
    patterns = [sorted(chance.sample(elements, chance.randint(4, 20))) for _ in range(10)]
    rows = [f"- {{id: host-{number}, name: Host {number} Cloud}}" for number in range(hosts)]
    flows = []
    for number in range(vendors):
        rows.append(f"- {{id: v{number}, name: Vendor {number} Learning}}")
        taken = sorted(set(chance.choice(patterns)) ^ set(chance.sample(elements, chance.choice([0, 0, 0, 1, 2]))))
        half = len(taken) // 2
        flows.append(f"- {{id: p{number}, to: v{number}, method: provided, elements: [{', '.join(taken[half:])}]}}")
        flows.append(
            f"- {{id: c{number}, from: students, to: v{number}, method: collected, "
            f"elements: [{', '.join(taken[:half])}]}}"
        )
        if hosts and chance.random() < 0.6:
            flows.append(
                f"- {{id: h{number}, from: v{number}, to: host-{chance.randrange(hosts)}, elements: [{taken[0]}]}}"
            )
    return "vendors:\n" + "\n".join(rows) + "\nflows:\n" + "\n".join(flows)


def hostile_catalog() -> dict[str, object]:
    """Return a catalog whose every name tries to break the drawing."""
    methods = ({"method": "provided"}, {"method": "collected"}, {"method": "contributed"}, {})
    return {
        "district": {"id": "oak", "name": 'Oak "County" <Schools> & \\N', "state": "MD"},
        "vendors": [{"id": f"h{number}", "name": name} for number, name in enumerate(HOSTILE_NAMES)],
        "flows": [
            {"id": f"f{number}", "to": f"h{number}", "elements": ["email", "name"], **methods[number % 4]}
            for number in range(len(HOSTILE_NAMES))
        ],
    }
