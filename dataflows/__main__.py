"""Runs the program as `python -m dataflows`."""

from __future__ import annotations

from dataflows.commands import main

if __name__ == "__main__":
    main()
