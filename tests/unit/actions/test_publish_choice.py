"""Which documents a package has: by the district's state and by what its catalog says."""

from __future__ import annotations

import pytest

from dataflows.actions.publish_choice import kinds_of_package, languages_of
from dataflows.errors import UsageError
from dataflows.reporting.documents.leaving_out import why_too_late
from dataflows.reporting.kinds import KINDS, Reader
from tests.snapshots import snapshot_of

FLOW = "vendors: [{id: mathly, name: Mathly}]\nflows: [{id: f, to: mathly, elements: [email]}]\n"


def kinds(state: str = "AK", more: str = "", text: str = FLOW) -> tuple[str, ...]:
    return kinds_of_package(snapshot_of(f"district: {{state: {state}{more}}}\n{text}"))


def test_a_package_has_what_all_families_get_and_nothing_about_one_vendor_or_for_the_office() -> None:
    found = kinds()

    assert {"annual", "disclosures"} <= set(found)
    assert all(KINDS[name].reader in (Reader.FAMILIES, Reader.PUBLIC) for name in found)
    assert not [name for name in found if KINDS[name].needs or KINDS[name].states]


def test_a_state_adds_its_own_postings_and_no_other_states() -> None:
    own = {name for name in kinds("NY") if KINDS[name].states}

    assert {"ny-supplement", "ny-bill-of-rights"} <= own
    assert all(KINDS[name].states == ("NY",) for name in own)


def test_what_is_watched_on_devices_is_posted_only_where_something_is_watched() -> None:
    watched = "monitoring: [{id: m, device: Laptops, purpose: Safety, features: [web]}]\n"

    assert "oh-annual-monitoring" not in kinds("OH")
    assert "oh-annual-monitoring" in kinds("OH", text=FLOW + watched)


@pytest.mark.parametrize(
    ("more", "text"),
    [
        (", policies: {ppra_policy: You may look at a survey first.}", FLOW),
        ("", FLOW.replace("elements: [email]", "elements: [email], survey: {areas: [religion]}")),
        ("", FLOW.replace("elements: [email]", "elements: [email], purpose_kind: marketing")),
    ],
)
def test_surveys_and_marketing_call_for_their_notice(more: str, text: str) -> None:
    assert "ppra" in kinds(more=more, text=text)
    assert "ppra" not in kinds()


def test_what_is_left_out_must_be_there() -> None:
    snapshot = snapshot_of(FLOW)

    assert "annual" not in kinds_of_package(snapshot, ["annual"])
    with pytest.raises(UsageError, match="Did you mean 'annual'"):
        kinds_of_package(snapshot, ["annaul"])


def test_home_languages_are_told_apart_by_whether_the_document_can_be_written_in_them() -> None:
    snapshot = snapshot_of("district: {home_languages: [es-MX, tlh, en]}\n")
    foreign = snapshot_of("district: {home_languages: [tlh]}\n")

    assert languages_of(snapshot, "annual") == (("es-MX", "en"), ("tlh",))
    assert languages_of(foreign, "annual") == (("en",), ("tlh",))


def test_directory_information_is_not_announced_after_the_last_day_to_refuse() -> None:
    text = "district: {policies: {directory_information: {elements: [name], opt_out_by: 2026-10-01}}}\n"

    assert why_too_late(snapshot_of(text, "2026-10-01"), "directory") is None
    late = why_too_late(snapshot_of(text, "2026-10-02"), "directory")
    assert late is not None
    assert "2026-10-01" in late
    assert why_too_late(snapshot_of(text, "2026-10-02"), "annual") is None
