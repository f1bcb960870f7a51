"""A canonical body as text: what is compared, hashed and kept in the journal. Apart, as to plan takes no tables."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

Body: TypeAlias = dict[str, Any]

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False).encode


def canonical(value: Any) -> str:
    """Return a body, or a value in one, as canonical JSON: keys sorted, no spaces, every script as it is."""
    return _encode(value)
