"""Features in words that a sales rep understands, in Danish and in English.

What is said stands in a file per language, ``en.toml`` and ``da.toml``, for people to read and edit. A feature that
these do not name is said by its own name in English, and an attribute by the name that the client gave it.
"""

from features.words.language import LANGUAGES, Language, read_language
from features.words.saying import say_feature

__all__ = ["LANGUAGES", "Language", "read_language", "say_feature"]
