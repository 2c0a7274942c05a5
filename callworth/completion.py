"""What the Tab key offers where a shell has been told of callworth (``callworth --install-completion``)."""

from __future__ import annotations

from data import list_mappings


def complete_mapping(incomplete: str) -> list[str]:
    """The mappings that come with callworth and begin so; where none does, the shell offers files.

    >>> complete_mapping("uci-bank-")
    ['uci-bank-additional']
    """
    return [name for name in list_mappings() if name.startswith(incomplete)]
