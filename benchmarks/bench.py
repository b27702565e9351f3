"""What all figures of one run share: its size, a folder that vanishes, workloads, councils and laptops made once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import councils, workload
from benchmarks.child import Running, program
from benchmarks.councils import FilledCouncil
from benchmarks.laptops import Laptop, new_laptop
from benchmarks.workload import Workload
from sf_desktop.store.keys.derivation import Cost
from sf_record.rules.permissions import Worker

QUICK = 0.05  # of a caseload: three families, a thousand records
SLOW_ROUND_TRIP_MS, SLOW_MBIT = 50, 10


@dataclass(frozen=True)
class Council:
    """A council that runs."""

    filled: FilledCouncil
    workload: Workload
    address: str

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])


@dataclass
class Bench:
    """One run. ``one`` is the scale that stands for 1x, ``five`` for 5x; in a quick run both are a twentieth."""

    folder: Path
    is_quick: bool = False
    stack: ExitStack = field(default_factory=ExitStack)
    days: dict[float, dict[str, Any]] = field(default_factory=dict)  # what a played day said, by scale
    _busy_days: dict[float, int] = field(default_factory=dict)
    _made: dict[float, Workload] = field(default_factory=dict)
    _councils: dict[float, Council] = field(default_factory=dict)
    _laptops: dict[float, Laptop] = field(default_factory=dict)
    _closed: dict[float, Path] = field(default_factory=dict)
    _count: int = 0

    @property
    def one(self) -> float:
        return QUICK if self.is_quick else 1.0

    @property
    def five(self) -> float:
        return 5 * self.one

    def times(self, count: int) -> int:
        """Return how often to repeat something: less often in a quick run."""
        return max(1, count // 8) if self.is_quick else count

    def workload(self, scale: float) -> Workload:
        """Return the workload of a scale."""
        if scale not in self._made:
            self._made[scale] = workload.make(scale)
            # What stays for the whole run is not looked at again by the collector, as it would not be in a program
            # that never held it.
            gc.collect()
            gc.freeze()
        return self._made[scale]

    def council(self, scale: float) -> Council:
        """Return the council of a scale: real, in a process of its own, on SQLite; it runs until the run ends."""
        if scale not in self._councils:
            made = self.workload(scale)
            filled = councils.fill(self.fresh_folder("council"), made)
            address = self.stack.enter_context(filled.running())
            self._councils[scale] = Council(filled, made, address)
        return self._councils[scale]

    @contextmanager
    def new_laptop(self, scale: float, person: Worker | None = None) -> Iterator[Laptop]:
        """Give an empty laptop of a worker (of the one who reads everything); it is closed afterwards."""
        council = self.council(scale)
        worker = council.filled.known[(person or council.workload.reader).id].worker
        with new_laptop(self.fresh_folder("laptop"), council.filled.laptop_of(worker)) as laptop:
            yield laptop

    def busy_day(self, scale: float) -> int:
        """Return the number of the next day on which the records of a scale's council change, from 0.

        A day that came twice would find most of its changes made already, and bring fewer.
        """
        day = self._busy_days.get(scale, 0)
        self._busy_days[scale] = day + 1
        return day

    def laptop(self, scale: float) -> Laptop:
        """Return the one laptop of a scale that is filled and stays open."""
        if scale not in self._laptops:
            laptop = self.stack.enter_context(self.new_laptop(scale))
            laptop.round(self.council(scale).address)
            self._laptops[scale] = laptop
        return self._laptops[scale]

    def closed_laptop(self, scale: float) -> Path:
        """Return the folder of a filled laptop that nobody has open, under a passphrase at its full cost."""
        if scale not in self._closed:
            council = self.council(scale)
            known = council.filled.laptop_of(council.filled.known[council.workload.reader.id].worker)
            folder = self.fresh_folder("closed")
            with new_laptop(folder, known, council.address, Cost()) as laptop:
                laptop.round(council.address)
            self._closed[scale] = folder
        return self._closed[scale]

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
    def served(self, **files: bytes) -> Iterator[Running]:
        """Serve these bytes by name from the least of servers."""
        folder = self.fresh_folder("bare")
        for name, content in files.items():
            (folder / name).write_bytes(content)
        with program("benchmarks.bare_server", str(folder)) as server:
            yield server

    @contextmanager
    def slow_link(self, port: int) -> Iterator[Running]:
        """Put a link of 50 ms there and back and 10 Mbit/s before a port."""
        with program("benchmarks.link", str(port), str(SLOW_ROUND_TRIP_MS), str(SLOW_MBIT)) as link:
            yield link

    @contextmanager
    def counting_link(self, port: int) -> Iterator[Running]:
        """Put a link before a port that only counts."""
        with program("benchmarks.link", str(port), "0", "100000") as link:
            yield link


def address_of(running: Running) -> str:
    """Return the address of a program on this machine."""
    return f"http://127.0.0.1:{running.port}"
