"""What districts write in the column of data, as elements; and what is not taken for one."""

from __future__ import annotations

import csv

import pytest

from dataflows.law.taxonomy import builtin_taxonomy
from dataflows.sources.district_list.elements import more_of_none, read_elements
from tests.machine import CHECKOUT


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("First and Last Name, Student ID Number, ELL Status, SPED Status",
         {"first-name", "last-name", "student-id", "english-learner", "iep-504"}),
        ("Student e-mail address; Student ID number", {"email", "student-id"}),
        ("Name (first and last)", {"first-name", "last-name"}),
        ("First, Middle and Last Name", {"first-name", "middle-name", "last-name"}),
        ("Race/Ethnicity, Date of Birth/Gender", {"ethnicity", "date-of-birth", "gender"}),
        ("username & password", {"username", "password"}),
        ("• Birthdate\n• Teacher Names\n• Student's grade", {"date-of-birth", "teacher-names", "grade-level"}),
        ("Full Name. Gender, Grade", {"name", "gender", "grade-level"}),
        ("parent/guardian email", {"parent-email"}),
        ("STUDENT NAME", {"name"}),
        ("email", {"email"}),
        ("student #, Student IDs, Current Grade", {"student-id", "grade-level"}),
        ("Class Schedules (Teacher Name, Course Name)", {"course-schedule", "teacher-names"}),
        ("comportamiento, correo electr\u00f3nico de los padres", {"conduct", "parent-email"}),
        ("Specialized education services (IEP or 504)", {"iep-504"}),
        ("Voice recordings", {"voice"}),
        ("Video and voice recordings", {"recordings", "voice"}),
        ("Student's picture, video, audio", {"photo", "recordings"}),
        ("Name, grade (optional), and school e-mail", {"name", "grade-level", "email"}),
        ("Name, grade, or school", {"name", "grade-level", "school"}),
        ("Grade level, ethnicity, and/or gender", {"grade-level", "ethnicity", "gender"}),
        ("Email (if provided); Student ID (if applicable)", {"email", "student-id"}),
        ("Name and grade only", {"name", "grade-level"}),
        ("Just name and grade", {"name", "grade-level"}),
        ("Home and cell phone", {"phone"}),
        ("email addresses", {"email"}),
    ],
)  # fmt: skip
def test_names_that_districts_use_are_elements(text: str, elements: set[str]) -> None:
    said = read_elements(text)

    assert (set(said.elements), said.unread) == (elements, ())


@pytest.mark.parametrize(
    ("text", "elements", "unread"),
    [
        ("Name, Demographics", {"name"}, ("Demographics",)),
        ("Grade, Enrollment", {"grade-level"}, ("Enrollment",)),
        ("Student data", set(), ("Student data",)),
        ("Name, Subject Name and Time", {"name"}, ("Subject Name and Time",)),
        ("Name, grade, etc.", {"name", "grade-level"}, ("etc",)),
        ("Name (legal only, please)", {"name"}, ("(legal only, please)",)),
    ],
)
def test_a_category_or_a_remark_is_no_element(text: str, elements: set[str], unread: tuple[str, ...]) -> None:
    said = read_elements(text)

    assert (set(said.elements), (*said.groups, *said.unread)) == (elements, unread)


@pytest.mark.parametrize("text", ["Teacher and principal data: name, e-mail", "Staff information: name"])
def test_what_is_said_of_staff_is_no_students(text: str) -> None:
    assert read_elements(text).elements == ()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Nothing - classroom login", "classroom login"),
        ("None (sign-in of the class)", "sign-in of the class"),
        ("None, teacher email", "teacher email"),
        ("None, student email", ""),
        ("None except the name", ""),
        ("None; student name optional", ""),
        ("None", ""),
    ],
)
def test_more_may_be_said_of_none_as_long_as_nothing_is_taken(text: str, rest: str) -> None:
    assert more_of_none(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "We do not collect names or e-mail addresses",
        "Everything except name and gender",
        (
            "When you register with us, we collect your name, school, and class, so that our teachers and your"
            " school can see what you have done."
        ),
    ],
)
def test_sentences_are_left_to_a_person(text: str) -> None:
    said = read_elements(text)

    assert said.is_prose
    assert said.elements == ()


def test_each_phrase_names_elements_of_the_taxonomy() -> None:
    with (CHECKOUT / "schemas" / "imports" / "element-phrases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    for row in rows:
        assert set(row["elements"].split(";")) <= set(builtin_taxonomy().elements), row


@pytest.mark.parametrize("wide", [" " * 20_000, "\t" * 20_000, "\n" * 20_000, " \u00a0" * 10_000])
def test_a_cell_filled_with_spaces_is_read_like_any_other(wide: str) -> None:
    assert read_elements(f"Student name,{wide}e-mail").elements == read_elements("Student name, e-mail").elements
