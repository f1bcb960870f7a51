"""Gives a machine what the tests need: a browser, fonts, PDF tools and npm, and the Python packages.

On Debian and its children what is missing is installed by apt, as root or through sudo.
Elsewhere the missing things are named with what to do about them.  The Python packages go
into the environment in use where it is a virtual one, else into `.venv-test` in the checkout.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
BROWSER_FILES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
ELSEWHERE = {
    "chromium": "Install Chromium, Chrome or Edge.",
    "poppler-utils": "Install poppler, so that pdftotext and pdftoppm can be found.",
    "npm": "Install Node.js 18 or later with npm; esbuild, which builds the script of the map's page, comes by it.",
    "pandoc": "Install pandoc; the tests read our documents with it as a second reader.",
    "fonts-noto-core": "Install the Noto fonts (Noto Sans, Noto Sans Arabic, Noto Sans Ethiopic).",
    "fonts-noto-cjk": "Install the fonts Noto Sans CJK.",
    "python3-venv": "Install a Python that has the module ensurepip.",
}


def say(text: str) -> None:
    """Tell the person at the terminal what is going on."""
    sys.stderr.write(f"tests: {text}\n")
    sys.stderr.flush()


def find_browser() -> str | None:
    """Return the path of a browser of Chromium's family."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or next((path for path in BROWSER_FILES if Path(path).exists()), None)


def missing_packages() -> list[str]:
    """Return the Debian packages that bring what the tests use and this machine lacks."""
    missing = []
    if find_browser() is None:
        missing.append("chromium")
    if not (shutil.which("pdftotext") and shutil.which("pdftoppm")):
        missing.append("poppler-utils")
    if not shutil.which("pandoc"):
        missing.append("pandoc")
    if not (shutil.which("node") and shutil.which("npm")):
        missing.append("npm")
    families = font_families()
    if not {"Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic"} <= families:
        missing.append("fonts-noto-core")
    if "Noto Sans CJK SC" not in families:
        missing.append("fonts-noto-cjk")
    if sys.prefix == sys.base_prefix and not has_ensurepip():
        missing.append("python3-venv")
    return missing


def font_families() -> set[str]:
    """Return the names of the installed font families, as far as fontconfig tells."""
    if not shutil.which("fc-list"):
        return set()
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, check=True, text=True, encoding="utf-8")
    return {name.strip() for line in listed.stdout.splitlines() for name in line.split(",")}


def has_ensurepip() -> bool:
    """Tell whether this Python can make virtual environments with pip in them."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


def prepare_system() -> None:
    """Install the missing Debian packages, or say what this machine lacks."""
    missing = missing_packages()
    if not missing:
        return
    apt = shutil.which("apt-get")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    sudo = [] if is_root else ["sudo"]
    if apt is None or (sudo and not shutil.which("sudo")):
        for name in missing:
            say(f"missing: {ELSEWHERE[name]}" if apt is None else f"missing: as root, apt-get install {name}")
        say("going on; the tests that need what is missing will fail and say so.")
        return
    say(f"installing {', '.join(missing)} ...")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*sudo, apt, "install", "-y", "-q", "--no-install-recommends", *missing]
    for words in ([*sudo, apt, "update", "-q"], install):
        subprocess.run(words, check=True, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr)


def prepare_environment() -> Path:
    """Return the Python of an environment that has dataflows (from the checkout) and the tests' packages."""
    folder = Path(sys.prefix) if sys.prefix != sys.base_prefix else CHECKOUT / ".venv-test"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        say(f"making an environment in {folder} ...")
        venv.create(folder, with_pip=True)
    stamp = folder / "dataflows-tests.sha256"
    wanted = hashlib.sha256((CHECKOUT / "pyproject.toml").read_bytes() + str(CHECKOUT).encode()).hexdigest()
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        say("installing Python packages ...")
        words: list[str | Path] = [
            python,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "-e",
            f"{CHECKOUT}[test]",
        ]
        subprocess.run(words, check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr)
        stamp.write_text(wanted, encoding="utf-8", newline="\n")
    return python
