"""Lists the steps that bring a vault's tables to today, oldest first; each step imports nothing of the project."""

from __future__ import annotations

from sf_desktop.store.migrations import (
    m0001_first,
    m0002_nothing_lost,
    m0003_read_kind_by_kind,
    m0004_a_save_waits_less,
    m0005_why_copies_left,
    m0006_many_files_come_in,
    m0007_files_are_counted_closely,
    m0008_when_children_were_seen,
    m0009_words_stand_once,
)

STEPS = (
    m0001_first.up,
    m0002_nothing_lost.up,
    m0003_read_kind_by_kind.up,
    m0004_a_save_waits_less.up,
    m0005_why_copies_left.up,
    m0006_many_files_come_in.up,
    m0007_files_are_counted_closely.up,
    m0008_when_children_were_seen.up,
    m0009_words_stand_once.up,
)
