"""Compressed payloads undone under a size limit: what is served may be cut short, broken or a decompression bomb."""

import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


class Undecodable(ValueError):
    """The payload is not what its encoding promises; the text says what was expected and seen."""


class CutShort(Undecodable):
    """The compressed payload ends early; asking again may help."""


class TooLarge(Undecodable):
    """The payload is larger than allowed once unpacked."""


_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
_GZIP_MAGIC = b"\x1f\x8b"
_PIECE = 65_536
_BEYOND = "expected fewer bytes once unpacked: the compressed data unpacks beyond the limit"


def unpacked(pieces: Iterable[bytes], encoding: str, *, most: int) -> Iterator[bytes]:
    """The payload with its Content-Encoding undone, piece by piece; at most `most` bytes. Undecodable (CutShort, TooLarge) otherwise.

    Only gzip and deflate are asked for. A payload labelled gzip without gzip's first bytes is taken as it is: some
    servers and web archives keep the label on unpacked text.
    """
    found = iter(pieces)
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if name in ("gzip", "x-gzip"):
            found = _gunzipped(found, most, as_it_is=True)
        elif name == "deflate":
            found = _inflated(found, most)
        elif name not in ("", "identity"):
            raise Undecodable(f"expected gzip, deflate or no encoding, got {name[:40]!r}")
    return _limited(found, most, f"expected at most {most} bytes, got more")


def decoded(payload: bytes, encoding: str, *, most: int) -> bytes:
    """A payload in memory with its Content-Encoding undone, as `unpacked`."""
    return joined(unpacked(in_pieces(payload), encoding, most=most))


def unzipped(data: bytes, *, most: int) -> bytes:
    """The content of a gzip file of one or more members, each checked to its end. Undecodable otherwise.

    Bytes after the last member that don't begin another one are ignored, as gzip itself does.
    """
    return joined(_gunzipped(in_pieces(data), most, as_it_is=False))


def joined(pieces: Iterable[bytes]) -> bytes:
    """The pieces as one, each let go of as it is taken: a join would hold all of them beside the whole."""
    whole = io.BytesIO()
    whole.writelines(pieces)
    return whole.getvalue()


def in_pieces(data: bytes) -> Iterator[bytes]:
    """What zlib has not read yet it copies after each step, so that large data go to it in slices."""
    return (data[start : start + _PIECE] for start in range(0, len(data), _PIECE))


def _limited(pieces: Iterator[bytes], most: int, told: str) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise TooLarge(told)
        yield piece


def _gunzipped(pieces: Iterator[bytes], most: int, *, as_it_is: bool) -> Iterator[bytes]:
    """Member after member. as_it_is: what does not begin like a gzip file is passed on instead of left out."""
    ahead = _Ahead(pieces)
    if ahead.begin() != _GZIP_MAGIC:
        return iter(ahead) if as_it_is else iter(())
    return _limited(_members(ahead), most, _BEYOND)


def _members(pieces: "_Ahead") -> Iterator[bytes]:
    while pieces.begin() == _GZIP_MAGIC:
        yield from _member(pieces, _GZIP)


def _inflated(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    ahead = _Ahead(pieces)
    begin = ahead.begin()
    # Some servers send bare deflate data under this name, without the two bytes that open a zlib stream (RFC 1950, 2.2).
    is_zlib = len(begin) == 2 and begin[0] & 0x0F == 8 and int.from_bytes(begin) % 31 == 0
    return _limited(_member(ahead, _ZLIB if is_zlib else _RAW), most, _BEYOND)


@dataclass(slots=True)
class _Ahead:
    """Pieces of which some can be put back, to be the next ones again."""

    pieces: Iterator[bytes]
    back: list[bytes] = field(default_factory=list)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return self.back.pop() if self.back else next(self.pieces)

    def begin(self) -> bytes:
        """The next two bytes, fewer where there are no more; nothing is taken away."""
        first = next(self, b"")
        while len(first) < 2 and (piece := next(self, None)) is not None:
            first += piece
        self.back.append(first)
        return first[:2]


def _member(pieces: _Ahead, window: int) -> Iterator[bytes]:
    """One compressed stream, read to its end; what comes after it in the piece where it ends is put back."""
    unpacker = zlib.decompressobj(window)
    read = 0
    for piece in pieces:
        read += len(piece)
        left = piece
        while left:
            try:
                yield unpacker.decompress(left, _PIECE)
            except zlib.error as problem:
                raise Undecodable(f"expected sound compressed data, got: {problem}") from problem
            left = unpacker.unconsumed_tail
            if unpacker.eof:
                pieces.back.append(unpacker.unused_data)
                return
    yield unpacker.flush()  # bare deflate data has no checksum behind it: the last bytes may still be held back
    if not unpacker.eof:
        raise CutShort(f"expected the compressed data to reach its end, it stops after {read} bytes")
