"""Titles: what the words of a job title say about who decides, in Danish and English.

The words are in ``titles.toml``, for people to read and edit. A title that they do not explain stays without a level.
"""

from data.titles.reading import read_level, read_levels

__all__ = ["read_level", "read_levels"]
