"""Makes pseudonyms for the process that started it: a program of its own, because digests hold Python's lock.

Standard library only, so that it starts in a moment. It is told its halves of HMAC's key over the same pipe as the
references, never by its arguments or environment, and ends when the pipe is closed.

A request: purpose, number of references, bytes (three 8-byte numbers), then the ends of the references (8 bytes each)
and their bytes. The purpose is a number: 0 says that two key blocks follow for the next purpose instead. The answer is
16 bytes for each reference.
"""

import hashlib
import signal
import struct
import sys
from array import array

HEAD = struct.Struct("<qqq")
BLOCK, SIZE = 64, 16
A_KEY = 0


def digests(inner, outer, ends, content):
    begin, end, made, start = inner.copy, outer.copy, [], 0
    for stop in ends:
        first, second = begin(), end()
        first.update(content[start:stop])
        second.update(first.digest())
        made.append(second.digest()[:SIZE])
        start = stop
    return b"".join(made)


def serve(asked, answered):
    purposes = {}
    while len(head := asked.read(HEAD.size)) == HEAD.size:
        purpose, count, size = HEAD.unpack(head)
        if purpose == A_KEY:
            blocks = asked.read(2 * BLOCK)
            purposes[count] = hashlib.sha256(blocks[:BLOCK]), hashlib.sha256(blocks[BLOCK:])
            continue
        ends = array("q")
        ends.frombytes(asked.read(8 * count))
        answered.write(digests(*purposes[purpose], ends, asked.read(size)))
        answered.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # whoever asked is gone: end without a word
    serve(sys.stdin.buffer, sys.stdout.buffer)
