"""What rows say in a few words, by kind and id."""

from __future__ import annotations

from dataflows.actions.labels import Labels


def test_labels_are_had_by_kind_and_id_and_a_later_one_goes_before() -> None:
    labels = Labels()
    labels.add("vendor", {"zoom": "Zoom", "ixl": "IXL"})
    labels.add("flow", {"zoom": "Zoom: name"})
    labels.add("vendor", {"zoom": "was zoom-video"})

    assert dict(labels) == {
        ("vendor", "zoom"): "was zoom-video",
        ("vendor", "ixl"): "IXL",
        ("flow", "zoom"): "Zoom: name",
    }
    assert len(labels) == 3
    assert labels.get(("flow", "ixl")) is None
    assert labels.get(("party", "zoom")) is None
