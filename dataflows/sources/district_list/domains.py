"""Addresses as people type them, and the domain that somebody registered for them.

The public suffix list says where a registered name begins: `zoom.us` of `us02web.zoom.us`, and
`example.k12.md.us` whole.  The library brings the list with it; nothing is asked of the network.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_ADDRESS = re.compile(
    r"(?:(?P<scheme>https?)://)?(?:[^\s/@]*@)?(?P<host>[^\s/:?#]+)(?::\d+)?(?P<rest>[/?#]\S*)?", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\s,;|]+|\band\b")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
_SHARED = frozenset((
    "apps.apple.com", "itunes.apple.com", "play.google.com", "chrome.google.com", "chromewebstore.google.com",
    "sites.google.com", "docs.google.com", "drive.google.com", "workspace.google.com", "forms.gle", "bit.ly",
    "goo.gl", "tinyurl.com", "www.youtube.com", "youtube.com", "youtu.be", "www.facebook.com", "facebook.com",
    "github.com", "www.microsoft.com/store", "apps.microsoft.com", "sdpc.a4l.org", "www.amazon.com", "sharepoint.com",
    "linktr.ee", "forms.office.com", "onedrive.live.com", "1drv.ms", "dropbox.com", "www.dropbox.com", "t.co", "ow.ly",
    "addons.mozilla.org", "microsoftedge.microsoft.com", "linkedin.com", "www.linkedin.com", "x.com", "twitter.com",
    "instagram.com", "www.instagram.com", "medium.com", "vimeo.com", "studentprivacy.org", "privacy.commonsense.org",
))  # fmt: skip
"""Hosts where many offer their things: an address there says nothing of who offers it."""
_BUILT_ON = frozenset((
    "weebly.com", "wordpress.com", "squarespace.com", "sharepoint.com", "godaddysites.com", "jimdosite.com",
    "tumblr.com", "medium.com", "substack.com", "edublogs.org", "pbworks.com", "wikidot.com", "teachable.com",
    "thinkific.com", "mykajabi.com", "zendesk.com", "freshdesk.com", "force.com", "my.site.com", "atlassian.net",
    "jotform.com", "surveymonkey.com", "helpscoutdocs.com", "statuspage.io", "mailchimpsites.com", "strikingly.com",
    "websites.co.in", "yolasite.com", "webs.com", "angelfire.com", "tripod.com", "podbean.com",
))  # fmt: skip
"""Domains below which each name is somebody else's, though no list of public suffixes has them."""


def find_addresses(text: str) -> list[str]:
    """Return the addresses in a cell as they can be kept, with `https://` where no scheme was typed."""
    found = []
    for word in _BETWEEN.split(text):
        match = _ADDRESS.fullmatch(word.strip("<>()[].\"'"))
        if match is None or not (match["scheme"] or "@" not in word):
            continue
        host = ascii_host(match["host"])
        if host and _HOST.fullmatch(host) and registered_domain(host):
            scheme = (match["scheme"] or "https").lower()
            found.append(f"{scheme}://{host}{match['rest'] or ''}")
    return found


def ascii_host(host: str) -> str | None:
    """Return a host as the network writes it: in small letters, others than Latin as `xn--`; None for what is none."""
    if host.isascii():
        return host.lower()
    try:
        return host.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return None


def shown_host(host: str) -> str:
    """Return a host as a browser shows it: `xn--` written out."""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host else host
    except UnicodeError:
        return host


@lru_cache(maxsize=4096)
def host_of(address: str) -> str:
    """Return the host of an address."""
    match = _ADDRESS.fullmatch(address)
    return match["host"].lower() if match else ""


@cache
def registered_domain(host: str) -> str | None:
    """Return the domain that somebody registered; None for a host without one."""
    plain = host.lower().strip(".")
    found = _suffixes(plain.rpartition(".")[2]).privatesuffix(plain)
    return str(found) if found else None


def vendor_domain(host: str) -> str | None:
    """Return the registered domain of a host where it says who the vendor is."""
    plain = host.lower()
    if plain in _SHARED or f"www.{plain}" in _SHARED:
        return None
    domain = registered_domain(plain)
    return None if domain in _BUILT_ON and plain not in (domain, f"www.{domain}") else domain


def names_host(name: str, host: str) -> bool:
    """Tell whether a host bears a name: `www.edpuzzle.com` that of Edpuzzle."""
    label = (registered_domain(host) or "").partition(".")[0].replace("-", "")
    word = "".join(sign for sign in name.casefold() if sign.isalnum())
    is_long = min(len(label), len(word)) > 2
    return is_long and (word.startswith(label) or label.startswith(word))


@cache
def _suffixes(top: str) -> PublicSuffixList:
    """Return the public suffixes below one top domain: a list has a few of them, and to read all takes a while."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(_rules().get(shown_host(top), ()), accept_unknown=False)


@cache
def _rules() -> dict[str, list[str]]:
    """Return the lines of the public suffix list by their top domain."""
    from publicsuffixlist import PSLFILE

    found: dict[str, list[str]] = {}
    for line in Path(PSLFILE).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("//"):
            found.setdefault(line.rstrip().rpartition(".")[2].lower(), []).append(line)
    return found
