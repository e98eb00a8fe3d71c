"""Messages on a connection: cut where they end, wherever the socket cuts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.clients.frames import MAX_FRAME_BYTES, Frame, FrameSplitter, pack_answer

FRAME = Frame(
    id=1, route="POST /x", token="t", key=None, body=b"{}", request_id="r", path_ids={"hold_id": "h"}, query=""
)


class TestFrame:
    def test_comes_back_as_it_was_sent(self) -> None:
        [message] = FrameSplitter().feed(FRAME.pack())
        assert Frame.unpack(message) == FRAME

    @pytest.mark.parametrize("changed", [{"id": "1"}, {"body": "text"}, {"key": b"k"}, {"dry_run": 1}, {"query": 2}])
    def test_is_refused_if_a_part_is_of_another_type(self, changed: dict[str, object]) -> None:
        Frame.unpack(FRAME.pack()[4:])  # a good one before must not vouch for it
        with pytest.raises(ValueError, match="type"):
            Frame.unpack(FRAME._replace(**changed).pack()[4:])  # type: ignore[arg-type]


class TestFrameSplitter:
    @given(st.lists(st.binary(max_size=50), max_size=8), st.lists(st.integers(1, 40), max_size=30))
    def test_gives_each_message_once_and_in_order(self, bodies: list[bytes], cuts: list[int]) -> None:
        sent = [pack_answer(n, 200, body, {}) for n, body in enumerate(bodies)]
        stream, splitter, got = b"".join(sent), FrameSplitter(), []
        for size in (*cuts, len(stream)):
            got += splitter.feed(stream[:size])
            stream = stream[size:]
        assert got == [message[4:] for message in sent]

    def test_refuses_a_length_that_no_message_has(self) -> None:
        with pytest.raises(ValueError, match="too long"):
            FrameSplitter().feed((MAX_FRAME_BYTES + 1).to_bytes(4, "big"))
