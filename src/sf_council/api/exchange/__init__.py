"""Requests and answers alike: bounded, packed, described, timed, and every failure turned into a Problem."""
