"""What families of a district don't get in a year's package, although the program can write it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataflows.model.snapshot import Snapshot


def why_left_out(snapshot: Snapshot, kind: str) -> str | None:
    """Say why a document is not one of a package of the snapshot's day; None where it is."""
    if kind == "ppra" and not speaks_of_surveys(snapshot):
        return (
            "The catalog has no ppra_policy, and no survey or marketing of which families must be told."
            " The notice is owed all the same, and `audit` says so."
        )
    return why_too_late(snapshot, kind)


def speaks_of_surveys(snapshot: Snapshot) -> bool:
    """Tell whether the catalog has the policies of 20 USC 1232h(c), or what families must be told of by them.

    Where it has neither, the rest of the package is not held up; `audit` says that the notice is owed.
    """
    if snapshot.district.policies.ppra_policy is not None:
        return True
    return any((flow.survey and flow.survey.areas) or flow.purpose_kind == "marketing" for flow in snapshot.flows)


def why_too_late(snapshot: Snapshot, kind: str) -> str | None:
    """Say why a document can't be given any more on the day; None where it can.

    Families have a reasonable time after the notice of directory information to refuse (20 USC 1232g(a)(5)(B)).
    """
    designation = snapshot.district.policies.directory_information
    last = designation.opt_out_by if designation and kind == "directory" else None
    if last is None or last >= snapshot.valid_on:
        return None
    return (
        f"The last day to refuse, {last}, is over on {snapshot.valid_on}. Take it --as-of the day on which families"
        " got it, or set a later day and give it anew."
    )
