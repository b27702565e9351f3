"""Futures that have ended already."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

from sf_record.errors import SfError


def ended(result: Any, failure: SfError | None = None) -> Future[Any]:
    future: Future[Any] = Future()
    if failure is not None:
        future.set_exception(failure)
    else:
        future.set_result(result)
    return future
