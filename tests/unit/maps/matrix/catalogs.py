"""Catalogs for the overview: tame ones as districts have them, and wild ones."""

from __future__ import annotations

import random

from dataflows.law.taxonomy import builtin_taxonomy

USUAL = (
    "first-name",
    "last-name",
    "password",
    "student-id",
    "username",
    "email",
    "home-address",
    "parent-email",
    "parent-phone",
    "grade-level",
    "school",
    "course-schedule",
    "teacher-names",
    "attendance",
    "date-of-birth",
    "ethnicity",
    "gender",
    "language",
    "assessment-scores",
    "disability",
    "free-reduced-lunch",
    "photo",
    "device-id",
    "ip-address",
    "app-usage",
)
COLLECTED = {"device-id", "ip-address", "app-usage"}


def tame(vendors: int, seed: int, *, hosts: int = 7, words: int = 2) -> str:
    """Write a catalog of ten kinds of vendors with small differences, from 25 elements."""
    chance = random.Random(seed)  # noqa: S311
    kinds = [set(chance.sample(USUAL, chance.randint(3, 16))) for _ in range(10)]
    first = ["Atlas", "Beacon", "Bright", "Cedar", "Delta", "Ever", "Harbor", "Kite", "Lumen", "Nova", "Orbit", "Pine"]
    rest = [" Learning", " Math", " K-12", " Reading", " for Schools", "", "board", "path Systems", "note Software"]
    rows = [f"- {{id: host-{number}, name: Host {number} Cloud}}" for number in range(hosts)]
    flows = []
    for number in range(vendors):
        name = " ".join(f"{chance.choice(first)}{chance.choice(rest)}" for _ in range(words - 1)) + f" {number}"
        rows.append(f"- {{id: v{number}, name: {name}}}")
        taken = set(chance.choice(kinds))
        for _ in range(chance.choice([0, 0, 0, 1, 1, 2])):
            taken ^= {chance.choice(USUAL)}
        gives, takes = sorted(taken - COLLECTED), sorted(taken & COLLECTED)
        if gives:
            flows.append(_flow(f"p{number}", f"to: v{number}, method: provided", gives, f"Lessons {number % 12}"))
        if takes:
            flows.append(_flow(f"c{number}", f"from: students, to: v{number}, method: collected", takes, "Use"))
        if hosts and gives and chance.random() < 0.6:
            ends = f"from: v{number}, to: host-{chance.randrange(hosts)}, method: provided"
            flows.append(_flow(f"h{number}", ends, gives, "Hosting"))
    return "vendors:\n" + "\n".join(rows) + "\nflows:\n" + "\n".join(flows)


def broad(vendors: int, seed: int) -> str:
    """Write a catalog of four kinds of vendors that get alike, each from half of the taxonomy, and pass some on."""
    chance = random.Random(seed)  # noqa: S311
    known = list(builtin_taxonomy().elements)
    kinds = [chance.sample(known, len(known) // 2) for _ in range(4)]
    rows, flows = ["- {id: host, name: Host Cloud}"], []
    for number in range(vendors):
        rows.append(f"- {{id: v{number}, name: Broad Learning {number}}}")
        gets = list(kinds[number % 4])
        if chance.random() < 0.3:
            gets.append(chance.choice(known))
        parts = zip(("provided", "collected", "contributed"), (gets[::2], gets[1::4], gets[3::4]), strict=True)
        for method, elements in parts:
            flows.append(_flow(f"{method}-{number}", f"to: v{number}, method: {method}", sorted(set(elements)), "Use"))
        if chance.random() < 0.3:
            flows.append(_flow(f"on-{number}", f"from: v{number}, to: host, method: provided", gets[:2], "Hosting"))
    return "vendors:\n" + "\n".join(rows) + "\nflows:\n" + "\n".join(flows)


def wild(vendors: int, seed: int, *, elements: int = 200, most: int = 25, hosts: int = 0) -> str:
    """Write a catalog in which every vendor gets elements drawn by lot, each by a method drawn by lot."""
    chance = random.Random(seed)  # noqa: S311
    known = list(builtin_taxonomy().elements)[:elements]
    rows = [f"- {{id: v{number}, name: Vendor {number} Learning}}" for number in range(vendors)]
    flows = []
    for number in range(vendors):
        for element in chance.sample(known, chance.randint(1, min(most, len(known)))):
            method = chance.choice(("provided", "collected", "contributed"))
            flows.append(f"- {{id: f{number}-{element}, to: v{number}, method: {method}, elements: [{element}]}}")
        behind = chance.sample(range(hosts), chance.randint(0, min(hosts, 3)))
        flows += [f"- {{id: h{number}-{host}, from: v{number}, to: host-{host}, elements: [email]}}" for host in behind]
    rows += [f"- {{id: host-{number}, name: Host {number} Cloud}}" for number in range(hosts)]
    return "vendors:\n" + "\n".join(rows) + "\nflows:\n" + "\n".join(flows)


def _flow(id: str, ends: str, elements: list[str], purpose: str) -> str:
    return (
        f"- {{id: {id}, {ends}, elements: [{', '.join(elements)}], purpose: {purpose}, "
        "legal_basis: 99.31(a)(1)(i)(B), starts: 2024-07-01}"
    )
