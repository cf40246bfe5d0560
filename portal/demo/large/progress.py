"""Says how far a long piece of work has got: a bar on a terminal, lines elsewhere."""

import sys
from dataclasses import dataclass
from typing import TextIO

WIDTH = 30
STEP = 10
"""Without a terminal, a line for each so many per cent."""


@dataclass
class Progress:
    """`at` is told the share that is done, from 0 to 1, and what is being done."""

    out: TextIO = sys.stderr
    _said: int = -1

    def at(self, share: float, what: str) -> None:
        """Show it, when there is something new to show."""
        percent = min(100, int(share * 100))
        if percent == self._said or (not self.out.isatty() and percent // STEP == self._said // STEP):
            return
        self._said = percent
        full = WIDTH * percent // 100
        bar = f"[{'#' * full}{'.' * (WIDTH - full)}] {percent:3}%  {what:<28}"
        print(f"\r{bar}" if self.out.isatty() else bar.rstrip(), end=self._end(percent), file=self.out, flush=True)

    def _end(self, percent: int) -> str:
        return "\n" if percent == 100 or not self.out.isatty() else ""
