"""Pseudonyms are HMAC-SHA-256 as published, one key for each purpose and partner."""

import hashlib
import hmac

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.pseudonyms import SIZE, TYPE, Pseudonyms, as_arrow, short
from workforce.pseudonyms_aside import WORTH_IT, made_aside

SECRET = bytes(range(32))
KEYS = Pseudonyms(SECRET, "partner-1")

# RFC 4231, test cases 1 to 4, 6 and 7: (key, text, HMAC-SHA-256).
VECTORS = [
    ("0b" * 20, b"Hi There".hex(), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (b"Jefe".hex(), b"what do ya want for nothing?".hex(),
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    ("aa" * 20, "dd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    ("0102030405060708090a0b0c0d0e0f10111213141516171819", "cd" * 50,
     "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    ("aa" * 131, b"Test Using Larger Than Block-Size Key - Hash Key First".hex(),
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    ("aa" * 131, (b"This is a test using a larger than block-size key and a larger than block-size data. The key "
                  b"needs to be hashed before being used by the HMAC algorithm.").hex(),
     "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
]  # fmt: skip


def by_the_book(key, text):
    """RFC 2104, section 2: H((K xor opad) + H((K xor ipad) + text))."""
    block = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + text).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in block) + inner).digest()


@pytest.mark.parametrize(("key", "text", "made"), VECTORS)
def test_the_book_and_the_library_agree_with_the_published_vectors(key, text, made):
    key, text = bytes.fromhex(key), bytes.fromhex(text)
    assert by_the_book(key, text).hex() == hmac.digest(key, text, "sha256").hex() == made


def expected(purpose, scope, reference, secret=SECRET):
    key = hmac.digest(secret, f"{purpose}\x1f{scope}".encode(), "sha256")
    return hmac.digest(key, reference, "sha256")[:SIZE]


@given(st.binary(max_size=200), st.sampled_from(["post", "person", "establishment"]))
def test_a_pseudonym_is_the_first_half_of_the_digest(reference, purpose):
    assert KEYS.of(purpose, reference) == expected(purpose, "partner-1", reference)


@given(st.lists(st.binary(max_size=20), max_size=20))
def test_many_at_once_are_the_same_as_one_by_one(references):
    made = KEYS.of_many("post", references)
    assert made.shape == (len(references),)
    assert [each.tobytes() for each in made] == [KEYS.of("post", reference) for reference in references]


def test_control_another_secret_makes_another_pseudonym():
    assert KEYS.of("post", b"P1") != expected("post", "partner-1", b"P1", secret=bytes(32))


def test_the_same_reference_is_the_same_in_every_return():
    assert Pseudonyms(SECRET, "partner-1").of("post", b"P1") == KEYS.of("post", b"P1")


def test_partners_and_purposes_cannot_be_joined():
    made = {
        Pseudonyms(SECRET, scope).of(purpose, b"P1")
        for scope in ("partner-1", "partner-2", "partner-11")
        for purpose in ("post", "person", "establishment")
    }
    assert len(made) == 9


def test_a_purpose_and_a_partner_are_kept_apart():
    assert Pseudonyms(SECRET, "1x").of("post", b"P") != Pseudonyms(SECRET, "x").of("post1", b"P")


@pytest.mark.parametrize("size", [0, 16, 31])
def test_a_short_secret_is_refused(size):
    with pytest.raises(ValueError, match="32 bytes"):
        Pseudonyms(bytes(size), "partner-1")


def test_the_secret_is_not_shown():
    assert SECRET.hex() not in repr(KEYS) and repr(SECRET) not in repr(KEYS)


def test_as_a_column():
    made = KEYS.of_many("post", [b"a", b"b", b"c"])
    column = as_arrow(made)
    assert column.type == TYPE
    assert column.to_pylist() == [KEYS.of("post", reference) for reference in (b"a", b"b", b"c")]
    assert as_arrow(made, np.array([False, True, False])).to_pylist()[1] is None
    assert as_arrow(made, np.array([False] * 3)).null_count == 0
    assert as_arrow(made[:0]).to_pylist() == []


def test_short_ones_are_the_beginning():
    made = KEYS.of_many("post", [b"a", b"b"])
    assert short(made).tolist() == [int.from_bytes(each.tobytes()[:8], "little") for each in made]


@pytest.fixture
def aside():
    with made_aside(KEYS, WORTH_IT) as made:
        yield made


def test_a_process_beside_this_one_makes_the_same(aside):
    references = pa.array([b"OAK\x1f1", b"", b"", "Ö".encode(), b"x" * 5000], pa.binary())
    expected = KEYS.of_many("post", [b"OAK\x1f1", b"", b"", "Ö".encode(), b"x" * 5000])
    for purpose in ("post", "person", "post"):
        assert (
            aside.later(purpose, references.slice(1))().tolist()
            == KEYS.of_many(purpose, [b"", b"", "Ö".encode(), b"x" * 5000]).tolist()
        )
    assert aside.later("post", references)().tolist() == expected.tolist()
    assert aside.later("post", references.slice(0, 0))().tolist() == []


def test_many_are_asked_for_before_the_first_is_fetched(aside):
    blocks = [pa.array([f"{n}-{i}".encode() * 10 for i in range(20_000)], pa.binary()) for n in range(3)]
    asked = [aside.later("post", block) for block in blocks]
    assert [made().tobytes() for made in asked] == [KEYS.of_many("post", b.to_pylist()).tobytes() for b in blocks]


def test_a_process_that_ended_is_no_loss(aside):
    aside._process.kill()
    aside._process.wait()
    assert aside.later("post", pa.array([b"a", b"b"]))().tolist() == KEYS.of_many("post", [b"a", b"b"]).tolist()


def test_small_files_start_no_process():
    with made_aside(KEYS, WORTH_IT - 1) as made:
        assert made is KEYS


def test_the_process_is_told_no_secret_by_its_arguments(aside):
    said = " ".join(map(str, aside._process.args))
    assert SECRET.hex() not in said and str(SECRET) not in said
