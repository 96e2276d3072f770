"""Keyed pseudonyms: HMAC-SHA-256 of a reference, with a secret that never leaves the server's environment.

The same reference of the same partner always becomes the same pseudonym, so posts can be followed from return to
return; without the secret nobody can compute one from a reference or try references out. Each purpose (post, person,
establishment) and each partner has a key of its own, so that pseudonyms cannot be joined across them.

    key(purpose, partner) = HMAC-SHA-256(secret, "purpose" 0x1f "partner")
    pseudonym(reference)  = first 16 bytes of HMAC-SHA-256(key, reference)

Source of the construction: RFC 2104 and FIPS 198-1; truncation to 128 bits: RFC 2104, section 5.
"""

import hashlib
import hmac
from functools import partial

import numpy as np
import pyarrow as pa

BLOCK = 64  # bytes, of SHA-256
SIZE = 16
TYPE = pa.binary(SIZE)


class Pseudonyms:
    """Makes the pseudonyms of one partner (`scope`)."""

    def __init__(self, secret: bytes, scope: str):
        if len(secret) < 32:
            raise ValueError("The secret of pseudonyms needs at least 32 bytes")
        self.secret, self.scope = secret, scope
        self._purposes = {}

    def key_blocks(self, purpose):
        """The first blocks of HMAC's two digests for one purpose, of which its key can be had: as secret as that."""
        key = hmac.digest(self.secret, f"{purpose}\x1f{self.scope}".encode(), "sha256").ljust(BLOCK, b"\0")
        return bytes(byte ^ 0x36 for byte in key), bytes(byte ^ 0x5C for byte in key)

    def _halves(self, purpose):
        """The two half-finished digests of HMAC for one purpose: what is the same for every reference is done once."""
        if purpose not in self._purposes:
            self._purposes[purpose] = tuple(map(hashlib.sha256, self.key_blocks(purpose)))
        return self._purposes[purpose]

    def later(self, purpose: str, references: pa.BinaryArray):
        """A function that gives the pseudonyms of references: for those who can do something else meanwhile."""
        return partial(self.of_many, purpose, references.to_pylist())

    def of_many(self, purpose: str, references: list[bytes]) -> np.ndarray:
        """Pseudonyms of references, as an array of 16-byte strings of the same length."""
        inner, outer = self._halves(purpose)
        begin, end, made = inner.copy, outer.copy, []
        for reference in references:
            first, second = begin(), end()
            first.update(reference)
            second.update(first.digest())
            made.append(second.digest())
        whole = np.frombuffer(b"".join(made), "V32")
        return np.ascontiguousarray(whole.view(np.uint8).reshape(-1, 32)[:, :SIZE]).view(f"V{SIZE}").ravel()

    def of(self, purpose: str, reference: bytes) -> bytes:
        return self.of_many(purpose, [reference]).tobytes()


def as_arrow(pseudonyms: np.ndarray, absent: np.ndarray | None = None) -> pa.Array:
    """For a column of the snapshot; `absent` marks the rows that have none."""
    whole = pa.FixedSizeBinaryArray.from_buffers(TYPE, len(pseudonyms), [None, pa.py_buffer(pseudonyms.tobytes())])
    if absent is None or not absent.any():
        return whole
    return whole.take(pa.array(np.arange(len(pseudonyms)), mask=absent))


def short(pseudonyms: np.ndarray) -> np.ndarray:
    """The first 8 bytes as numbers: enough to compare the rows of one file with each other in little memory."""
    return np.frombuffer(pseudonyms.tobytes(), "<u8").reshape(-1, 2)[:, 0].copy()
