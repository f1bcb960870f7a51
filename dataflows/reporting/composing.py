"""Composes the document that is asked for, by the module that its kind names."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from dataflows.reporting.kinds import KINDS

if TYPE_CHECKING:
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order


def compose(order: Order) -> Document:
    """Return the document that is asked for; raises DocumentHoleError where the law leaves no room for a gap."""
    module = import_module(f"dataflows.reporting.{KINDS[order.kind].module}")
    document: Document = module.compose(order)
    return document
