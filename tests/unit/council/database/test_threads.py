"""Threads that wait for a database in place of the event loop: each waiter gets its own, and no work is left out."""

from __future__ import annotations

import asyncio
import threading
from functools import partial

import pytest

from sf_council.database.threads import Threads

PATIENCE_S = 10


def test_each_waiter_gets_what_its_own_work_came_to() -> None:
    threads = Threads(3, "pretend")

    async def ask() -> list[int]:
        return await asyncio.gather(*(threads.run(partial(int.__mul__, number, 2)) for number in range(50)))

    assert asyncio.run(ask()) == [number * 2 for number in range(50)]
    threads.close()


def test_what_work_raises_reaches_its_waiter_and_nobody_else() -> None:
    threads = Threads(1, "pretend")

    async def ask() -> tuple[int | BaseException, int | BaseException]:
        fails, works = threads.run(lambda: int("none")), threads.run(lambda: 7)
        return await asyncio.gather(fails, works, return_exceptions=True)

    refused, done = asyncio.run(ask())
    assert isinstance(refused, ValueError)
    assert done == 7
    threads.close()


def test_no_more_work_at_a_time_than_there_may_be_threads_and_the_rest_waits_its_turn() -> None:
    threads = Threads(2, "pretend")
    both_at_work, door = threading.Barrier(3), threading.Event()
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        if number < 2:
            both_at_work.wait(PATIENCE_S)
            assert door.wait(PATIENCE_S)
        return number

    async def ask() -> list[int]:
        waiting = [threads.run(partial(work, number)) for number in range(6)]
        await asyncio.get_running_loop().run_in_executor(None, both_at_work.wait, PATIENCE_S)
        assert sorted(begun) == [0, 1]
        door.set()
        return await asyncio.gather(*waiting)

    assert asyncio.run(ask()) == list(range(6))
    assert sorted(begun) == list(range(6))
    threads.close()


def test_a_waiter_that_gave_up_stops_nobody() -> None:
    threads = Threads(1, "pretend")
    door = threading.Event()

    async def ask() -> int:
        gone = threads.run(lambda: door.wait(PATIENCE_S))
        gone.cancel()
        door.set()
        return await threads.run(lambda: 7)

    assert asyncio.run(ask()) == 7
    threads.close()


def test_closing_waits_for_all_that_was_asked_and_takes_no_more() -> None:
    threads = Threads(1, "pretend")
    door = threading.Event()
    done: list[int] = []

    async def ask() -> None:
        threads.run(lambda: door.wait(PATIENCE_S))
        for number in range(3):
            threads.run(partial(done.append, number))
        door.set()
        threads.close()
        assert done == [0, 1, 2]
        with pytest.raises(RuntimeError):
            threads.run(lambda: 7)

    asyncio.run(ask())


def test_one_thread_is_enough_for_work_that_comes_one_after_the_other() -> None:
    threads = Threads(8, "pretend")

    async def ask() -> set[str]:
        return {await threads.run(lambda: threading.current_thread().name) for _ in range(20)}

    assert asyncio.run(ask()) == {"pretend-0"}
    threads.close()
