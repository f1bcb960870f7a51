"""Runs two commands in turn and gives their ratio: of processor time, which a busy machine disturbs least."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Run:
    """One finished process: seconds of processor time, and its peak memory in MB."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Ratio:
    """How many times as long as its baseline something took, and what it aimed for."""

    name: str
    aim: float
    pairs: tuple[tuple[Run, Run], ...]

    @property
    def ratio(self) -> float:
        """Return the median of the ratios, pair by pair."""
        return median(ours.seconds / base.seconds for ours, base in self.pairs)

    def __str__(self) -> str:
        ours = median(pair[0].seconds for pair in self.pairs)
        base = median(pair[1].seconds for pair in self.pairs)
        peak = max(pair[0].megabytes for pair in self.pairs)
        met = "met" if self.ratio <= self.aim else "missed"
        numbers = f"{self.ratio:6.2f}  aim {self.aim:4.2f} {met:6}  ours {ours:8.3f} s  baseline {base:7.3f} s"
        return f"{self.name:42} {numbers}  peak {peak:5.0f} MB"


@dataclass(frozen=True)
class Growth:
    """How much more memory each further row takes, in KB: nearly nothing where rows are streamed."""

    name: str
    aim: float
    small: Ratio
    large: Ratio
    rows: int
    """So many more does the large one have."""

    def __str__(self) -> str:
        peaks = [max(pair[0].megabytes for pair in ratio.pairs) for ratio in (self.small, self.large)]
        each = (peaks[1] - peaks[0]) * 1024 / self.rows
        met = "met" if each <= self.aim else "missed"
        return f"{self.name:42} {each:6.2f}  aim {self.aim:4.2f} {met:6}  peak {peaks[0]:5.0f} MB -> {peaks[1]:.0f} MB"


def run(command: list[str], folder: Path) -> Run:
    """Run a command and return what the operating system accounts for it; raises where it fails."""
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once, and not at each start
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale)


def compare(name: str, aim: float, ours: list[str], baseline: list[str], folder: Path, times: int = 7) -> Ratio:
    """Run both in turn, once unmeasured and then so many times."""
    for command in (ours, baseline):
        run(command, folder)
    return Ratio(name, aim, tuple((run(ours, folder), run(baseline, folder)) for _ in range(times)))
