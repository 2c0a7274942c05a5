"""How a file's text is written: UTF-8, Windows-1252 or UTF-16, told from its bytes."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from data.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNDEFINED_1252 = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
MARKS = {  # the longer first: that of UTF-32 begins as that of UTF-16
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    codecs.BOM_UTF8: "utf-8-sig",
}
BLOCK_BYTES = 1 << 20


@dataclass(frozen=True)
class _Scan:
    """What the bytes of a file say: where they stop being UTF-8, how many mean nothing in Windows-1252, all ASCII."""

    broken_at: int | None
    undefined: int
    ascii: bool


def find_encoding(path: Path, stated: str | None = None) -> str:
    """The encoding of a file: the one stated, if the bytes do not contradict it, else the one that its bytes tell.

    UTF-8 is told by being valid, UTF-16 by its mark, and Windows-1252 is what remains if each byte has a meaning
    there.

    Raises:
        SourceError: there is no such file, it cannot be read or is no text, or no encoding or another fits.
    """
    start = read_start(path)
    marked = next((name for mark, name in MARKS.items() if start.startswith(mark)), None)
    if stated is not None:
        return _check_stated(path, codecs.lookup(stated).name, stated, marked)
    if marked in ("utf-16", "utf-32"):
        return marked
    found = _scan_bytes(path)
    if found.broken_at is None:
        return marked or "utf-8"
    if found.undefined:
        raise SourceError(
            f"its text is neither UTF-8 (from byte {found.broken_at + 1:,}) nor Windows-1252",
            file=path,
            remedy="say encoding = '…' under [source] in the mapping",
        )
    return "cp1252"


def _check_stated(path: Path, name: str, stated: str, marked: str | None) -> str:
    """The stated encoding; one of eight bits can be read out of any bytes, so UTF-8 is looked for in them."""
    if marked in ("utf-16", "utf-32") and not name.startswith(marked):
        raise _contradict(path, stated, marked)
    if marked in ("utf-16", "utf-32"):
        return marked  # the mark is no part of the text
    if name.startswith("utf-8"):
        found = _scan_bytes(path)
        if found.broken_at is not None:
            raise _contradict(path, stated, None if found.undefined else "cp1252", found.broken_at)
        return marked or stated
    if not name.startswith("utf") and (found := _scan_bytes(path)).broken_at is None and not found.ascii:
        raise _contradict(path, stated, "utf-8")
    return stated


def _contradict(path: Path, stated: str, told: str | None, broken_at: int | None = None) -> SourceError:
    where = "" if broken_at is None else f" (from byte {broken_at + 1:,})"
    remedy = f"say encoding = '{told}' under [source] in the mapping" if told else "correct encoding in the mapping"
    return SourceError(f"it is not {stated} text{where}", file=path, remedy=remedy)


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file; ``.gz`` is unpacked."""
    with path.open("rb") as raw:
        yield gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw  # type: ignore[misc]


@contextmanager
def open_text(path: Path, encoding: str) -> Iterator[IO[str]]:
    """The text of a file.

    Raises:
        SourceError: it is not in the encoding.
    """
    try:
        with open_bytes(path) as stream:
            yield io.TextIOWrapper(stream, encoding, newline="")
    except UnicodeError as error:
        raise SourceError(f"it is not {encoding} text", file=path, remedy="correct encoding in the mapping") from error


def read_start(path: Path) -> bytes:
    """The first four bytes of a file; ``.gz`` is unpacked.

    Raises:
        SourceError: there is no such file, or it cannot be read.
    """
    if path.is_dir():
        raise SourceError("it is a folder", file=path, remedy="name a file in it")
    if not path.exists():
        raise SourceError("there is no such file", file=path, remedy="correct the path")
    try:
        with open_bytes(path) as stream:
            return stream.read(4)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"it cannot be read ({reason})", file=path, remedy="copy or export it again") from error


def _scan_bytes(path: Path) -> _Scan:
    decoder = codecs.getincrementaldecoder("utf-8")()
    broken_at, position, undefined, is_ascii = None, 0, 0, True
    try:
        with open_bytes(path) as stream:
            while block := stream.read(BLOCK_BYTES):
                broken_at = _decode(decoder, block, position) if broken_at is None else broken_at
                undefined += sum(block.count(byte) for byte in UNDEFINED_1252)
                is_ascii = is_ascii and block.isascii()
                position += len(block)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"it cannot be read ({error})", file=path, remedy="copy or export it again") from error
    last = _decode(decoder, b"", position, final=True) if broken_at is None else broken_at
    return _Scan(last, undefined, is_ascii)


def _decode(decoder: codecs.IncrementalDecoder, block: bytes, position: int, *, final: bool = False) -> int | None:
    waiting = len(decoder.getstate()[0])
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError as error:
        return position - waiting + error.start
    return None
