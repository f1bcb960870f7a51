"""The door of a checkout: `python cli.py` runs the program without installing it."""

from __future__ import annotations

from dataflows.commands import main

if __name__ == "__main__":
    main()
