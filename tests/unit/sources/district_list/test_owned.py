"""Whose data a cell names: what persons share is each one's, and what is a teacher's is told apart, never dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.sources.district_list.elements import read_elements
from dataflows.sources.district_list.owned import find_element

_OF_STUDENT = {"name": "name", "e-mail address": "email", "cell phone": "phone", "home address": "home-address"}
_OF_PARENT = {
    "name": "parent-name",
    "e-mail address": "parent-email",
    "cell phone": "parent-phone",
    "home address": "parent-address",
}


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("Student & parent cell phone", {"phone", "parent-phone"}),
        ("Student and parent email addresses", {"email", "parent-email"}),
        ("student/parent phone", {"phone", "parent-phone"}),
        ("Student and/or parent email", {"email", "parent-email"}),
        ("Parents' and students' names", {"name", "parent-name"}),
        ("Email addresses of students and parents", {"email", "parent-email"}),
        ("Parent and student addresses, grade", {"home-address", "parent-address", "grade-level"}),
        ("Student's name & their parents' email", {"name", "parent-email"}),
        ("Student name and emergency contact name and phone", {"name", "emergency-contact"}),
        ("nombre y correo del estudiante y de sus padres", {"name", "email", "parent-name", "parent-email"}),
        ("nombre, grado y correo del estudiante", {"name", "grade-level", "email"}),
        ("Nombre y apellido del estudiante, y grado", {"first-name", "last-name", "grade-level"}),
        ("teléfono del padre/madre", {"parent-phone"}),
        ("student's parent phone", {"parent-phone"}),
    ],
)
def test_what_several_persons_share_is_each_ones(text: str, elements: set[str]) -> None:
    said = read_elements(text)

    assert (set(said.elements), said.unread, said.of_staff) == (elements, (), ())


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("Parent/Guardian name and address", {"parent-name", "parent-address"}),
        ("student name and address", {"name", "home-address"}),
        ("Student name; parent name and email", {"name", "parent-name", "parent-email"}),
        ("Guardian name, phone, and email", {"parent-name", "parent-phone", "parent-email"}),
        ("Parent/Guardian Name/Email/Phone", {"parent-name", "parent-phone", "parent-email"}),
        ("Mother's and father's name and phone", {"parent-name", "parent-phone"}),
        ("Name, email and phone of parent", {"parent-name", "parent-phone", "parent-email"}),
        ("dirección y teléfono de los padres", {"parent-address", "parent-phone"}),
        (
            "Student/guardian first name, last name, email",
            {"first-name", "last-name", "email", "parent-name", "parent-email"},
        ),
        ("Parent first name, last name, email", {"parent-name", "parent-email"}),
        ("Parents (name, email)", {"parent-name", "parent-email"}),
        ("Guardian 1 name, Guardian 2 name", {"parent-name"}),
        ("Student name, parent name, email", {"name", "parent-name", "email"}),
        ("Parent name & free/reduced lunch status", {"parent-name", "free-reduced-lunch"}),
        ("Parent name and grade", {"parent-name", "grade-level"}),
    ],
)
def test_what_a_person_has_reaches_as_far_as_it_may_be_hers(text: str, elements: set[str]) -> None:
    said = read_elements(text)

    assert (set(said.elements), said.unread, said.of_staff) == (elements, (), ())


@pytest.mark.parametrize(
    ("text", "elements", "of_staff"),
    [
        ("student & teacher email", {"email"}, ("teacher email",)),
        ("Student data: name; email. Teacher data: name", {"name", "email"}, ("Teacher data: name",)),
        ("Students: name, grade; Teachers: name, email", {"name", "grade-level"}, ("Teachers: name, email",)),
        ("Teacher data: name, email. Student data: name", {"name"}, ("Teacher data: name, email",)),
        (
            "Student and teacher usernames and passwords",
            {"username", "password"},
            ("teacher usernames", "teacher passwords"),
        ),
        ("Student names and teacher emails", {"name"}, ("teacher emails",)),
        ("Name, grade, e-mail (students and teachers)", {"name", "grade-level", "email"}, ("teachers e-mail",)),
        ("Teacher name and email only", set(), ("Teacher name and email only",)),
        ("Faculty and staff only", set(), ("Faculty and staff only",)),
        ("Staff", set(), ("Staff",)),
        ("Data of teachers only", set(), ("Data of teachers",)),
        ("Student, parent, and teacher names", {"name", "parent-name", "teacher-names"}, ()),
        ("Teacher, Student name, grade", {"teacher-names", "name", "grade-level"}, ()),
        ("Teacher name, first name, last name", {"teacher-names", "first-name", "last-name"}, ()),
    ],
)
def test_what_is_a_teachers_is_told_apart(text: str, elements: set[str], of_staff: tuple[str, ...]) -> None:
    said = read_elements(text)

    assert (set(said.elements), said.unread, said.of_staff) == (elements, (), of_staff)


@pytest.mark.parametrize(
    ("text", "elements", "unread"),
    [
        ("Student and parent blood type", set(), ("Student and parent blood type",)),
        ("Student and parent login", {"username"}, ("parent login",)),
        ("Teacher feedback and student work", {"student-work"}, ("Teacher feedback",)),
        ("Parent", set(), ("Parent",)),
        ("Parent email (work, evenings)", {"parent-email"}, ("(work, evenings)",)),
    ],
)
def test_what_the_taxonomy_lacks_of_a_person_is_listed(text: str, elements: set[str], unread: tuple[str, ...]) -> None:
    said = read_elements(text)

    assert (set(said.elements), said.unread, said.of_staff) == (elements, unread, ())


@given(
    owners=st.lists(st.sampled_from(("student", "parent")), min_size=1, max_size=2, unique=True),
    nouns=st.lists(st.sampled_from(sorted(_OF_STUDENT)), min_size=1, max_size=3, unique=True),
    sign=st.sampled_from((" and ", " & ", "/", " or ")),
    is_behind=st.booleans(),
)
def test_each_owner_has_each_noun(owners: list[str], nouns: list[str], sign: str, is_behind: bool) -> None:
    names = {"student": _OF_STUDENT, "parent": _OF_PARENT}
    whose, what = sign.join(owners), " and ".join(nouns)

    said = read_elements(f"{what} of {whose}" if is_behind else f"{whose} {what}")

    assert set(said.elements) == {names[owner][noun] for owner in owners for noun in nouns}
    assert (said.unread, said.groups, said.of_staff) == ((), (), ())


@given(
    st.lists(
        st.sampled_from(
            ("student", "Parents'", "teacher", "of", "and", "/", ",", ":", ";", "(", ")", "e-mail", "y", "1", "\n")
        ),
        max_size=14,
    )
)
def test_words_in_any_order_are_read_and_nothing_is_silent(words: list[str]) -> None:
    text = " ".join(words).strip()

    said = read_elements(text)

    if "e-mail" in words:
        assert said.elements or said.unread or said.groups or said.of_staff


def test_a_heading_that_names_two_persons_is_both() -> None:
    assert find_element("Student/Parent Phone") == ("phone", "parent-phone")
    assert find_element("Student & teacher email") is None
