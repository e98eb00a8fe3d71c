"""Answers that are made at start: packed once, and negotiated per request."""

import pytest

from gateway.exchange import Answer
from gateway.packed import fitting, packed

LONG = Answer(200, b'{"a":1}' * 1000)


class TestPacked:
    def test_leaves_short_and_packed_kinds_as_they_are(self) -> None:
        assert packed(Answer(200, b"{}")).forms == ()
        assert packed(Answer(200, b"x" * 5000, b"image/png")).forms == ()
        assert [name for name, _ in packed(LONG).forms] == [b"gzip"]

    def test_marks_every_answer_by_its_content(self) -> None:
        marks = {dict(packed(Answer(200, body)).headers)[b"etag"] for body in (b"a", b"b", b"a")}
        assert len(marks) == 2


class TestFitting:
    @pytest.mark.parametrize("accepts", [b"gzip", b"deflate, gzip;q=0.5", b"GZIP ; q=1", b"br, gzip"])
    def test_packs_when_it_may(self, accepts: bytes) -> None:
        assert fitting(packed(LONG), [(b"accept-encoding", accepts)]).body != LONG.body

    @pytest.mark.parametrize("accepts", [b"", b"identity", b"gzip;q=0", b"gzip;q=0.0", b"xgzip", b"br"])
    def test_sends_it_plain_otherwise(self, accepts: bytes) -> None:
        answer = fitting(packed(LONG), [(b"accept-encoding", accepts)])
        assert answer.body == LONG.body
        assert (b"vary", b"accept-encoding") in answer.headers

    def test_leaves_answers_without_a_mark_alone(self) -> None:
        assert fitting(LONG, [(b"accept-encoding", b"gzip")]) is LONG
