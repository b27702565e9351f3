"""The figures, one module for those that share their preparation; each has ``PLANNED`` and ``measure(bench)``."""
