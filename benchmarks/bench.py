"""What all figures of one run share: how large it is, a folder that vanishes, and the workloads, each made once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import workload
from benchmarks.child import program
from benchmarks.workload import Workload

QUICK = 0.1  # of a caseload: six families, two thousand records


@dataclass
class Bench:
    """One run. ``one`` is the scale that stands for 1x, ``five`` for 5x; in a quick run both are a tenth."""

    folder: Path
    is_quick: bool = False
    _made: dict[float, Workload] = field(default_factory=dict)
    _count: int = 0

    @property
    def one(self) -> float:
        return QUICK if self.is_quick else 1.0

    @property
    def five(self) -> float:
        return 5 * self.one

    def times(self, count: int) -> int:
        """Return how often to repeat something: less often in a quick run."""
        return max(1, count // 3) if self.is_quick else count

    def workload(self, scale: float) -> Workload:
        """Return the workload of a scale."""
        if scale not in self._made:
            self._made[scale] = workload.make(scale)
        return self._made[scale]

    def fresh(self, name: str) -> Path:
        """Return a new path in the run's folder."""
        self._count += 1
        return self.folder / f"{self._count:03}-{name}"

    def fresh_folder(self, name: str) -> Path:
        """Return a new folder in the run's folder."""
        path = self.fresh(name)
        path.mkdir(mode=0o700)
        return path

    @contextmanager
    def served(self, **files: bytes) -> Iterator[str]:
        """Serve these bytes by name from the least of servers, and give its address."""
        folder = self.fresh_folder("bare")
        for name, content in files.items():
            (folder / name).write_bytes(content)
        with program("benchmarks.bare_server", str(folder)) as port:
            yield f"http://127.0.0.1:{port}"
