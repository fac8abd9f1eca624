"""Messages on a pipe: four bytes of length, then that many bytes."""

from __future__ import annotations

import struct
from typing import BinaryIO

NAMES_ONLY = "names of "
"""Before the language of a file: only its definitions and imports are wanted."""

_LENGTH = struct.Struct(">I")


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Write one message; the caller flushes."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)


def read_frame(stream: BinaryIO) -> bytes | None:
    """Return the next message, or None where the stream ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None


class FrameBuffer:
    """Puts messages together from whatever pieces a pipe gives."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, piece: bytes) -> list[bytes]:
        """Take a piece and return the messages that are complete now."""
        self._data += piece
        messages = []
        start = 0
        while len(self._data) - start >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._data, start)
            end = start + _LENGTH.size + length
            if len(self._data) < end:
                break
            messages.append(bytes(self._data[start + _LENGTH.size : end]))
            start = end
        del self._data[:start]
        return messages
