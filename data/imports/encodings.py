"""How a file's text is written: UTF-8, Windows-1252 or UTF-16, told from its bytes."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from data.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNDEFINED_1252 = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
NO_TEXT = {b"PK\x03\x04": "an Excel workbook or another zip archive", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}
BLOCK_BYTES = 1 << 20


def find_encoding(path: Path, stated: str | None = None) -> str:
    """The encoding of a file: the one stated, else the one that its bytes tell.

    UTF-8 is told by being valid, UTF-16 by its mark, and Windows-1252 is what remains if each byte has a meaning
    there.

    Raises:
        SourceError: there is no such file, it cannot be read or is no text, or no encoding fits.
    """
    start = _read_start(path)
    for mark, what in NO_TEXT.items():
        if start.startswith(mark):
            raise SourceError(f"it is {what}, not text", file=path, remedy="save it as CSV (UTF-8)")
    if stated is not None:
        is_utf8 = codecs.lookup(stated).name == "utf-8"
        return "utf-8-sig" if is_utf8 and start.startswith(codecs.BOM_UTF8) else stated
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    broken_at, undefined = _scan_bytes(path)
    if broken_at is None:
        return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else "utf-8"
    if undefined:
        raise SourceError(
            f"its text is neither UTF-8 (from byte {broken_at + 1:,}) nor Windows-1252",
            file=path,
            remedy="say encoding = '…' under [source] in the mapping",
        )
    return "cp1252"


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


def _read_start(path: Path) -> bytes:
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


def _scan_bytes(path: Path) -> tuple[int | None, int]:
    """The first byte that is not UTF-8, if there is one, and how many bytes Windows-1252 does not define."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    broken_at, position, undefined = None, 0, 0
    try:
        with open_bytes(path) as stream:
            while block := stream.read(BLOCK_BYTES):
                broken_at = _decode(decoder, block, position) if broken_at is None else broken_at
                undefined += sum(block.count(byte) for byte in UNDEFINED_1252)
                position += len(block)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"it cannot be read ({error})", file=path, remedy="copy or export it again") from error
    return (_decode(decoder, b"", position, final=True) if broken_at is None else broken_at), undefined


def _decode(decoder: codecs.IncrementalDecoder, block: bytes, position: int, *, final: bool = False) -> int | None:
    waiting = len(decoder.getstate()[0])
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError as error:
        return position - waiting + error.start
    return None
