"""Runs what is to be done with the council after a round, each by itself: none of them fails the round or another."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from sf_desktop.sync.failures import AnswerError
from sf_record.errors import SfError

Errand = Callable[[], None]
_LOG = logging.getLogger("sf_desktop.sync")


def run_errands(errands: Iterable[Errand]) -> None:
    """Run each; what fails is tried again after the next round."""
    for errand in errands:
        try:
            errand()
        except (AnswerError, SfError) as error:
            _LOG.info("errand_failed code=%s", error.code)
        except Exception as error:  # noqa: BLE001 - a bug ends the errand, not the wire: named without its data
            _LOG.error("errand_bug class=%s", type(error).__name__)
