"""What is public: every field of every list is filled with a mark of its own, and only marks on the list come out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from dataflows.model.form_kinds import Pattern, Url
from dataflows.model.grades import Enrollment, Grades
from dataflows.model.kinds import Choice, Count, Day, Language, Localized, Moment, PlainText, Slug, YesNo
from dataflows.model.list_kinds import LegalBasis, ListOf, Ref, SetOf
from dataflows.model.lists import IN_JOURNAL
from dataflows.model.records import Nested, Rows, fields_of
from dataflows.reporting.portal.public_fields import PUBLIC, PUBLIC_ROLES, public_bodies
from tests.portals import files_of, make_portal, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dataflows.model.kinds import Kind
    from tests.portals import Bodies

MARK = re.compile(r"qz[0-9]{4}x")
KNOWN = {"party": "zoom", "vendor": "zoom", "element": "email", "school": "oak-high", "agreement": "deal",
         "flow": "accounts", "category": "other"}  # fmt: skip
LATER = ("ends", "expires", "destroyed", "until", "closed", "hold_until", "opt_out_by")


@dataclass
class Marks:
    """Gives each field a mark, and remembers which is whose."""

    fields: dict[str, str] = field(default_factory=dict)

    def new(self, path: str) -> str:
        mark = f"qz{len(self.fields):04}x"
        self.fields[mark] = path
        return mark

    def row(self, record: type, path: str) -> dict[str, Any]:
        return {name: self.value(item.kind, f"{path}.{name}") for name, item in fields_of(record).items()}

    def value(self, kind: Kind, path: str) -> Any:  # noqa: PLR0911  (a kind a line)
        match kind:
            case Nested():
                return self.row(kind.record, path)
            case Rows():
                return [self.row(kind.record, path)]
            case Localized():
                reviewed = {"es": {"by": self.new(f"{path}.reviewed"), "date": "2026-01-01"}}
                return {"en": f"{self.new(path)} words", "es": f"{self.new(path)} palabras", "reviewed": reviewed}
            case SetOf() | ListOf():
                return [self.value(kind.item, path)]
            case Ref():
                return KNOWN[kind.target]
            case PlainText():
                return f"{self.new(path)} text"
            case Url():
                return f"https://{self.new(path)}.example/page"
            case Pattern():
                return f"{self.new(path)}.example" if path.endswith("domains") else self.patterned(path)
            case _:
                return self.plain(kind, path)

    def patterned(self, path: str) -> str:
        last = path.rpartition(".")[2]
        return {"state": "MD", "school_year": "2026-27", "country": "US", "data_location": "US"}.get(
            last, f"{self.new(path)}" if "sha256" in last or last == "nces_id" else "07-01"
        )

    def plain(self, kind: Kind, path: str) -> Any:  # noqa: PLR0911
        last = path.rpartition(".")[2]
        match kind:
            case Choice():
                return kind.options[0]
            case Day() | Moment():
                return "2031-01-01" if last in LATER else "2026-03-01"
            case YesNo():
                return True
            case Grades():
                return "9-12"
            case Count():
                return 900_000 + len(self.fields)
            case Enrollment():
                return 800_001
            case LegalBasis():
                return "99.31(a)(1)(i)(B)"
            case Language():
                return "es"
            case Slug():
                return f"slug-{self.new(path)}"
        raise AssertionError(f"{path}: a kind of value without a mark: {kind}")


def whole_catalog() -> tuple[Bodies, dict[str, str]]:
    """Return a catalog in which every field of every list says something, and whose marks are whose."""
    marks = Marks()
    bodies: Bodies = {}
    for spec in IN_JOURNAL.values():
        bodies[spec.name] = []
        for id, fixed in ROWS.get(spec.name, [("row", {})]):
            row = {**marks.row(spec.record, spec.name), **fixed}
            if "id" in fields_of(spec.record):
                row["id"] = id
            bodies[spec.name].append((id, row))
    return bodies, marks.fields


ROLES = [*PUBLIC_ROLES, "it_security", "data_manager", "breach_response"]
ROWS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "district": [("oak", {"home_languages": ["en", "es"], "state": "MD"})],
    "contacts": [(role, {"role": role}) for role in ROLES],
    "schools": [("oak-high", {})],
    "elements": [("lunch-pin", {"broader": None, "category": "other"})],
    "vendors": [("zoom", {}), ("aws", {})],
    "parties": [("msde", {"kind": "agency"})],
    "agreements": [("deal", {"supersedes": None})],
    "flows": [
        ("accounts", {"from": "oak", "to": "zoom", "via": "aws"}),
        ("hosting", {"from": "zoom", "to": "aws", "via": None}),
        ("study", {"from": "oak", "to": "msde"}),
        ("old", {"from": "oak", "to": "aws", "starts": "2020-01-01", "ends": "2021-01-01", "elements": ["lunch-pin"]}),
        ("new", {"from": "oak", "to": "zoom", "elements": ["lunch-pin"]}),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], Bodies]:
    folder = tmp_path_factory.mktemp("whole") / "site"
    bodies, fields = whole_catalog()
    made = make_portal(bodies, folder)
    assert made.left_out == ()
    return folder, fields, bodies


def allowed(path: str) -> bool:
    """Tell whether the list names a field, such as `vendors.products.name`."""
    name, _, rest = path.partition(".")
    return rest in PUBLIC[name]


def test_only_fields_on_the_list_appear_in_any_file(whole: tuple[Path, dict[str, str], Bodies]) -> None:
    folder, fields, _ = whole
    found = {
        (fields[mark], name) for name, path in files_of(folder).items() for mark in MARK.findall(name + text_of(path))
    }

    assert {f"{field} is in {name}" for field, name in found if not allowed(field)} == set()
    assert {field for field, _ in found} > {"flows.purpose", "vendors.profile", "contacts.email"}


def test_every_field_on_the_list_is_there(whole: tuple[Path, dict[str, str], Bodies]) -> None:
    folder, fields, _ = whole
    told = {fields[mark] for path in files_of(folder).values() for mark in MARK.findall(text_of(path))}

    marked = {field for field in fields.values() if allowed(field) and not field.endswith(".id")}
    assert marked - told == set()


def test_notes_waivers_staff_security_and_what_was_asked_are_on_no_page(
    whole: tuple[Path, dict[str, str], Bodies],
) -> None:
    folder, _, bodies = whole
    hidden = {mark for list_name in INSIDE for _, row in bodies[list_name] for mark in MARK.findall(str(row))}
    hidden |= {mark for rows in bodies.values() for _, row in rows for mark in MARK.findall(str(row.get("note", "")))}
    vendor = bodies["vendors"][0][1]
    hidden |= set(MARK.findall(str([vendor["owner"], vendor["contacts"], vendor["coppa"], vendor["address"]])))
    staff = [row for role, row in bodies["contacts"] if role not in PUBLIC_ROLES]
    hidden |= set(MARK.findall(str(staff)))
    terms = bodies["agreements"][0][1]["terms"]
    hidden |= set(
        MARK.findall(str([value for name, value in terms.items() if "security" in name or "storage" in name]))
    )
    told = "\n".join(text_of(path) for path in files_of(folder).values())

    assert len(hidden) > 40
    assert [mark for mark in hidden if mark in told] == []


INSIDE = ("waivers", "incidents", "requests", "releases", "monitoring", "notices", "publications")


def paths_of(record: type, path: str = "") -> Iterator[str]:
    for name, item in fields_of(record).items():
        if isinstance(item.kind, Nested | Rows):
            yield from paths_of(item.kind.record, f"{path}{name}.")
        else:
            yield f"{path}{name}"


def test_the_list_names_fields_that_are_there() -> None:
    assert PUBLIC.keys() == IN_JOURNAL.keys()
    for name, spec in IN_JOURNAL.items():
        assert set(PUBLIC[name]) - set(paths_of(spec.record)) == set(), name


def test_no_field_that_is_marked_internal_is_on_the_list() -> None:
    for name, spec in IN_JOURNAL.items():
        internal = {field.name for field in fields_of(spec.record).values() if field.internal}
        assert internal.isdisjoint(path.partition(".")[0] for path in PUBLIC[name])


def test_who_reviewed_a_translation_stays_inside_and_that_it_was_reviewed_does_not() -> None:
    purpose = {"en": "Practice", "es": "Práctica", "reviewed": {"es": {"by": "Ana Example", "date": "2026-02-01"}}}
    rows = public_bodies({"flows": [("ixl", {"id": "ixl", "to": "ixl", "purpose": purpose})]})

    assert rows["flows"][0][1]["purpose"]["reviewed"] == {"es": {"date": "2026-02-01"}}


def test_a_product_that_is_only_a_name_stays_one() -> None:
    body = {"id": "ixl", "name": "IXL", "products": ["IXL", {"name": "Rooms", "conditions": "secret"}]}

    assert public_bodies({"vendors": [("ixl", body)]})["vendors"][0][1]["products"] == ["IXL", {"name": "Rooms"}]
