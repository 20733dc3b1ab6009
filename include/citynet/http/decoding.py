"""Compressed payloads undone under a size limit: what is served may be cut short, broken or a decompression bomb."""

import zlib


class Undecodable(ValueError):
    """The payload is not what its encoding promises; the text says what was expected and seen."""


class CutShort(Undecodable):
    """The compressed payload ends early; asking again may help."""


class TooLarge(Undecodable):
    """The payload is larger than allowed once unpacked."""


_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


def decoded(payload: bytes, encoding: str, *, most: int) -> bytes:
    """The payload with its Content-Encoding undone; at most `most` bytes. Undecodable (CutShort, TooLarge) otherwise.

    Only gzip and deflate are asked for. A payload labelled gzip without gzip's first bytes is taken as it is: some
    servers and web archives keep the label on unpacked text.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if name in ("gzip", "x-gzip"):
            payload = unzipped(payload, most=most) if payload[:2] == b"\x1f\x8b" else payload
        elif name == "deflate":
            payload = _inflated(payload, most)
        elif name not in ("", "identity"):
            raise Undecodable(f"expected gzip, deflate or no encoding, got {name[:40]!r}")
    if len(payload) > most:
        raise TooLarge(f"expected at most {most} bytes, got more")
    return payload


def unzipped(data: bytes, *, most: int) -> bytes:
    """The content of a gzip file of one or more members, each checked to its end. Undecodable otherwise.

    Bytes after the last member that don't begin another one are ignored, as gzip itself does.
    """
    parts: list[bytes] = []
    size = 0
    while data[:2] == b"\x1f\x8b":
        part, data = _member(data, _GZIP, most - size)
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _inflated(data: bytes, most: int) -> bytes:
    try:
        return _member(data, _ZLIB, most)[0]
    except TooLarge:
        raise
    except Undecodable:
        return _member(data, _RAW, most)[0]  # some servers send bare deflate data under this name


def _member(data: bytes, window: int, most: int) -> tuple[bytes, bytes]:
    unpacker = zlib.decompressobj(window)
    try:
        content = unpacker.decompress(data, most + 1)
    except zlib.error as problem:
        raise Undecodable(f"expected sound compressed data, got: {problem}") from problem
    if len(content) > most:
        raise TooLarge("expected fewer bytes once unpacked: the compressed data unpacks beyond the limit")
    if not unpacker.eof:
        raise CutShort(f"expected the compressed data to reach its end, it stops after {len(data)} bytes")
    return content, unpacker.unused_data
