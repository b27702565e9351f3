"""Invented families for trying the program, testing it and measuring it: the same from the same seed, never real."""

from sf_record.pretend.canaries import Canary, canaries
from sf_record.pretend.families import RECORDS_PER_FAMILY, PretendFamily, families
from sf_record.pretend.folding import lines, records

__all__ = ["RECORDS_PER_FAMILY", "Canary", "PretendFamily", "canaries", "families", "lines", "records"]
