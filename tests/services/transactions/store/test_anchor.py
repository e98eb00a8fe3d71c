"""The anchor's file: whatever is cut off, one of its slots says where the ledger was."""

from pathlib import Path

import pytest

from services.transactions.store.anchor import SLOT_BYTES, Anchor, AnchorLost, AnchorPoint, decode, encode
from shared.errors import FaultAtStart


def hash_of(number: int) -> str:
    """Make a hash."""
    return f"{number:064x}"


def opened(path: Path) -> Anchor:
    """Open an anchor as the writer does."""
    anchor = Anchor(path)
    anchor.open()
    return anchor


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the place of an anchor that has come to entry 6 in steps."""
    path = tmp_path / "ledger.db.anchor"
    anchor = opened(path)
    for sequence in (1, 2, 6):
        anchor.advance(sequence, hash_of(sequence))
    anchor.close()
    return path


class TestAnchor:
    def test_says_nothing_before_the_first_entry(self, tmp_path: Path) -> None:
        missing = Anchor(tmp_path / "none.anchor")
        assert missing.read() is None
        missing.open()
        missing.close()
        assert missing.read() is None
        assert missing.path.stat().st_size == 2 * SLOT_BYTES

    def test_says_the_newest_point_after_each_start(self, path: Path) -> None:
        assert Anchor(path).read() == AnchorPoint(1, 6, hash_of(6))
        anchor = opened(path)
        anchor.advance(7, hash_of(7))
        anchor.close()
        assert Anchor(path).read() == AnchorPoint(1, 7, hash_of(7))

    def test_is_never_lowered(self, path: Path) -> None:
        anchor = opened(path)
        anchor.advance(3, hash_of(3))
        anchor.advance(6, hash_of(5))
        anchor.close()
        assert Anchor(path).read() == AnchorPoint(1, 6, hash_of(6))

    @pytest.mark.parametrize("steps", [1, 2, 3])
    def test_survives_a_write_cut_off_at_any_byte(self, path: Path, steps: int) -> None:
        anchor = opened(path)
        for number in range(1, steps):
            anchor.advance(6 + number, hash_of(6 + number))
        before, newest = path.read_bytes(), Anchor(path).read()
        anchor.advance(6 + steps, hash_of(6 + steps))
        anchor.close()
        after = path.read_bytes()
        slot = next(i for i in (0, 1) if before[i * SLOT_BYTES :][:SLOT_BYTES] != after[i * SLOT_BYTES :][:SLOT_BYTES])
        for cut in range(len(encode(AnchorPoint(1, 1, hash_of(1)))) + 1):
            middle = slot * SLOT_BYTES + cut
            end = (slot + 1) * SLOT_BYTES
            path.write_bytes(
                before[: slot * SLOT_BYTES] + after[slot * SLOT_BYTES : middle] + before[middle:end] + before[end:]
            )
            assert Anchor(path).read() in (newest, AnchorPoint(1, 6 + steps, hash_of(6 + steps)))

    @pytest.mark.parametrize("slot", [0, 1])
    def test_goes_on_in_the_slot_that_was_torn(self, path: Path, slot: int) -> None:
        torn = bytearray(path.read_bytes())
        torn[slot * SLOT_BYTES + 20] ^= 0xFF
        path.write_bytes(bytes(torn))
        left = Anchor(path).read()
        assert left is not None
        assert left.sequence in (2, 6)
        anchor = opened(path)
        anchor.advance(8, hash_of(8))
        anchor.close()
        slots = [decode(path.read_bytes()[i * SLOT_BYTES :][:SLOT_BYTES]) for i in (0, 1)]
        assert sorted(one.sequence for one in slots if one) == [left.sequence, 8]

    def test_refuses_when_neither_slot_can_be_read(self, path: Path) -> None:
        path.write_bytes(b"\x01" * 2 * SLOT_BYTES)
        with pytest.raises(FaultAtStart, match="damaged"):
            Anchor(path).read()
        path.write_bytes(b"")
        with pytest.raises(FaultAtStart, match="damaged"):
            Anchor(path).read()

    def test_says_when_it_cannot_be_written(self, path: Path) -> None:
        anchor = opened(path)
        anchor.close()
        with pytest.raises(AnchorLost):
            anchor.advance(7, hash_of(7))
