"""Addresses as people type them, and the domain that somebody registered for them.

The public suffix list says where a registered name begins: `zoom.us` of `us02web.zoom.us`, and
`example.k12.md.us` whole.  The library brings the list with it; nothing is asked of the network.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_ADDRESS = re.compile(
    r"(?:(?P<scheme>https?)://)?(?:[^\s/@]*@)?(?P<host>[^\s/:?#]+)(?::\d+)?(?P<rest>[/?#]\S*)?", re.IGNORECASE
)
_HOST = re.compile(r"(?i:[a-z0-9]([a-z0-9-]*[a-z0-9])?)(\.(?i:[a-z0-9]([a-z0-9-]*[a-z0-9])?))+")
_SHARED = frozenset((
    "apps.apple.com", "itunes.apple.com", "play.google.com", "chrome.google.com", "chromewebstore.google.com",
    "sites.google.com", "docs.google.com", "drive.google.com", "workspace.google.com", "forms.gle", "bit.ly",
    "goo.gl", "tinyurl.com", "www.youtube.com", "youtube.com", "youtu.be", "www.facebook.com", "facebook.com",
    "github.com", "www.microsoft.com/store", "apps.microsoft.com", "sdpc.a4l.org", "www.amazon.com", "sharepoint.com",
))  # fmt: skip
"""Hosts where many offer their things: an address there says nothing of who offers it."""


def find_addresses(text: str) -> list[str]:
    """Return the addresses in a cell as they can be kept, with `https://` where no scheme was typed."""
    found = []
    for word in re.split(r"[\s,;|]+|\band\b", text):
        match = _ADDRESS.fullmatch(word.strip("<>()[].\"'"))
        if (
            match
            and (match["scheme"] or "@" not in word)
            and _HOST.fullmatch(match["host"])
            and registered_domain(match["host"])
        ):
            scheme = (match["scheme"] or "https").lower()
            found.append(f"{scheme}://{match['host'].lower()}{match['rest'] or ''}")
    return found


def host_of(address: str) -> str:
    """Return the host of an address."""
    match = _ADDRESS.fullmatch(address)
    return match["host"].lower() if match else ""


@cache
def registered_domain(host: str) -> str | None:
    """Return the domain that somebody registered; None for a host without one."""
    found = _suffixes().privatesuffix(host.lower().strip("."))
    return str(found) if found else None


def vendor_domain(host: str) -> str | None:
    """Return the registered domain of a host where it says who the vendor is."""
    plain = host.lower()
    if plain in _SHARED or f"www.{plain}" in _SHARED:
        return None
    return registered_domain(plain)


@cache
def _suffixes() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_unknown=False)
