"""Money: what telemarketing cost, what came of it, and what the open cases are worth.

Pure functions over contract tables: no database, no model library, no clock. Close probabilities come in as a
column, moments as arguments, and every amount that goes out is an integer in minor units which adds up to its
total.
"""

from roi.allocation import NOT_ALLOCATED, largest_remainder
from roi.measures import describe_measures
from roi.report import RoiReport, build_roi
from roi.window import BASES, DIMENSIONS, Window

__all__ = [
    "BASES",
    "DIMENSIONS",
    "NOT_ALLOCATED",
    "RoiReport",
    "Window",
    "build_roi",
    "describe_measures",
    "largest_remainder",
]
