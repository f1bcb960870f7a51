"""`python -m tests`: installs what the tests need, wherever it is missing, and runs them all.

Only the standard library is used up to the moment when the tests' own environment exists.
What is given after the command goes to pytest: `python -m tests -k periods`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.machine import CHECKOUT, prepare_environment, prepare_system, say
from tests.postgresql import running_server

CHECKS = (
    ("ruff check", ["ruff", "check", "."]),
    ("ruff format", ["ruff", "format", "--check", "."]),
    ("mypy", ["mypy"]),
    ("the script of the map's page", ["docs.make_script", "--check"]),
)


def main(arguments: list[str]) -> int:
    """Prepare the machine, then run the checks and the tests; return the exit code."""
    os.chdir(CHECKOUT)
    prepare_system()
    python = prepare_environment()
    if Path(sys.prefix).resolve() != python.parent.parent.resolve():
        # The server below needs the environment's packages: go on inside it.
        return subprocess.run([python, "-m", "tests", *arguments], check=False).returncode
    failed = [] if arguments else [name for name, words in CHECKS if not passes(python, name, words)]
    with running_server() as url:
        environment = {**os.environ, "DATAFLOWS_TEST_POSTGRES": url}
        spread = [] if arguments else ["-n", "2", "--dist", "loadgroup"]
        words = [python, "-m", "pytest", *spread, *arguments]
        code = subprocess.run(words, check=False, env=environment).returncode
    for name in failed:
        say(f"{name} found faults: see above.")
    return code or (1 if failed else 0)


def passes(python: Path, name: str, words: list[str]) -> bool:
    """Run one of the checks that read the code without running it."""
    say(f"{name} ...")
    return subprocess.run([python, "-m", *words], check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
