"""Gives the drawing engine the map's own fonts, so that a map looks the same on every machine.

The engine finds fonts through fontconfig, which on a bare machine, on Windows and on macOS has no
settings at all, and on others settings written for another version.  So it gets settings of ours:
the fonts in reports/shared/fonts first, then the machine's, for scripts that ours lack.
"""

from __future__ import annotations

import os
import tempfile
from html import escape
from pathlib import Path

from dataflows import assets

_MACHINE_FOLDERS = (
    "WINDOWSFONTDIR",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "~/.local/share/fonts",
    "~/.fonts",
)


def settings_text(family: str) -> str:
    """Return fontconfig settings: where fonts lie, which family comes first, no watching for changes."""
    folders = (str(assets.folder("reports") / "shared" / "fonts"), *_MACHINE_FOLDERS)
    places = "".join(f"<dir>{escape(folder)}</dir>\n" for folder in folders)
    cache = Path(tempfile.gettempdir()) / "dataflows-font-cache"
    return (
        '<?xml version="1.0"?>\n<fontconfig>\n'
        f"{places}"
        f'<cachedir prefix="xdg">fontconfig</cachedir>\n<cachedir>{escape(str(cache))}</cachedir>\n'
        f"<alias><family>sans-serif</family><prefer><family>{escape(family)}</family></prefer></alias>\n"
        "<config><rescan><int>0</int></rescan></config>\n</fontconfig>\n"
    )


class FontSettings:
    """Hands the settings to fontconfig while it starts, and takes the file away again."""

    def __init__(self, family: str) -> None:
        self._text = settings_text(family)

    def __enter__(self) -> None:
        """Write the settings and name them in the environment, unless the user has named others."""
        self._before = os.environ.get("FONTCONFIG_FILE")
        handle, self._name = tempfile.mkstemp(prefix="dataflows-fonts-", suffix=".conf")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(self._text)
        if self._before is None:
            os.environ["FONTCONFIG_FILE"] = self._name

    def __exit__(self, *_: object) -> None:
        """Leave the environment as it was."""
        if self._before is None:
            os.environ.pop("FONTCONFIG_FILE", None)
        Path(self._name).unlink(missing_ok=True)
