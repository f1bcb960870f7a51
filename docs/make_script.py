"""Builds the script of the map's page from its modules: `python -m docs.make_script`.

The modules lie in reports/map/script; esbuild, which package.json names, makes one file of them.  It says in
its first line of which modules it was made, so that a test knows without esbuild whether it is the newest.
With `--check` nothing is written: the program ends with 1 where the file would change.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCES = CHECKOUT / "reports" / "map" / "script"
BUILT = CHECKOUT / "reports" / "map" / "interactive.js"
_HOW = ("--bundle", "--minify", "--format=iife", "--target=es2020", "--legal-comments=none", "--log-level=warning")


def digest_of_sources() -> str:
    """Return one digest of all modules and of what builds them."""
    digest = hashlib.sha256()
    for path in (*sorted(SOURCES.glob("*.js")), CHECKOUT / "package.json"):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def build() -> str:
    """Return the built script; installs esbuild into node_modules where it is missing."""
    esbuild = _esbuild()
    words = [*esbuild, str(SOURCES / "main.js"), *_HOW]
    done = subprocess.run(words, cwd=CHECKOUT, check=True, capture_output=True, encoding="utf-8")
    return f"// Built from reports/map/script ({digest_of_sources()}).\n{done.stdout}"


def _esbuild() -> list[str]:
    program = CHECKOUT / "node_modules" / "esbuild" / "bin" / "esbuild"
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        sys.exit("Install Node.js 18 or later with npm: esbuild, which builds the script, comes by it.")
    if not program.exists():
        words = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(words, cwd=CHECKOUT, check=True, stdout=sys.stderr)
    return [node, str(program)]


def main(arguments: list[str]) -> int:
    """Write the built script, or say whether it is the newest."""
    built = build()
    if arguments == ["--check"]:
        is_newest = BUILT.read_text(encoding="utf-8") == built
        if not is_newest:
            print("reports/map/interactive.js is not what its modules make: run python -m docs.make_script.")
        return 0 if is_newest else 1
    BUILT.write_text(built, encoding="utf-8", newline="\n")
    print(f"wrote {BUILT.relative_to(CHECKOUT)}, {len(built.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
