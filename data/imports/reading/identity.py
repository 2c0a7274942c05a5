"""Identity of rows without a key: (source, content, n-th occurrence)."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

SEPARATOR = "\x1f"  # ASCII unit separator: in hardly any text that people write


class RowIdentifier:
    """Gives each row of one source an identity; counts equal rows over its chunks."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._seen: Counter[bytes] = Counter()

    def identify(self, chunk: pd.DataFrame) -> pd.Series:
        """Identities of 16 hexadecimal digits; equal rows differ by which of them they are.

        >>> rows = RowIdentifier("calls").identify(pd.DataFrame({"a": ["x", "y", "x"]}))
        >>> rows.nunique(), rows[0] == RowIdentifier("calls").identify(pd.DataFrame({"a": ["x"]}))[0]
        (3, True)
        """
        return pd.Series(list(self._identities(chunk)), index=chunk.index, dtype="str")

    def _identities(self, chunk: pd.DataFrame) -> Iterator[str]:
        columns = [chunk[name].tolist() for name in chunk.columns]
        for values in zip(*columns, strict=True):
            content = hash_content(self._source, values)
            occurrence = self._seen[content]
            self._seen[content] += 1
            yield blake2b(content + occurrence.to_bytes(8, "big"), digest_size=8).hexdigest()


def hash_content(source: str, values: tuple[str, ...]) -> bytes:
    """A digest of one row of a source."""
    text = SEPARATOR.join((source, *values))
    if text.count(SEPARATOR) != len(values):  # a field holds the sign itself
        text = repr((source, *values))
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
