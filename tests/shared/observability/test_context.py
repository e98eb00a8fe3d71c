"""What is taken from a caller's headers, and what every log line carries."""

import pytest

from shared.clock import now
from shared.observability.context import (
    accept_attempt,
    accept_deadline,
    accept_request_id,
    accept_traceparent,
    current_attempt,
    current_request_id,
    current_traceparent,
    deadline_header,
    remaining_seconds,
    request_context,
)


class TestRequestContext:
    def test_is_there_inside_and_gone_outside(self) -> None:
        assert (current_request_id(), current_traceparent(), current_attempt()) == (None, None, 1)
        with request_context(request_id="a", attempt=2):
            with request_context(request_id="b"):
                assert (current_request_id(), current_attempt()) == ("b", 1)
            assert (current_request_id(), current_attempt()) == ("a", 2)
            assert remaining_seconds() is None
        assert current_request_id() is None


class TestAccept:
    def test_continues_a_trace_with_a_new_span(self) -> None:
        sent = f"00-{'a' * 32}-{'b' * 16}-01"
        given = accept_traceparent(sent)
        assert given[:35] == sent[:35]
        assert given.endswith("-01")
        assert given != sent

    @pytest.mark.parametrize("sent", [None, "", "x", f"00-{'0' * 32}-{'b' * 16}-01", f"ff-{'a' * 32}-{'b' * 16}-01"])
    def test_begins_a_trace_when_none_is_readable(self, sent: str | None) -> None:
        assert accept_traceparent(sent)[3:35] not in (sent or "")
        assert len(accept_traceparent(sent)) == 55

    @pytest.mark.parametrize("sent", [None, "", "a b", "x" * 65, "a\n", "ä", "a;b"])
    def test_replaces_a_request_id(self, sent: str | None) -> None:
        assert accept_request_id(sent) != sent

    def test_reads_a_deadline_back(self) -> None:
        moment = now().replace(microsecond=5000)
        assert accept_deadline(deadline_header(moment)) == moment

    @pytest.mark.parametrize("sent", [None, "", "-1", "1.5", "soon", "9" * 15, "²"])
    def test_takes_no_deadline(self, sent: str | None) -> None:
        assert accept_deadline(sent) is None

    @pytest.mark.parametrize(("sent", "attempt"), [(None, 1), ("0", 1), ("2", 2), ("x", 1), ("9999", 1), ("²", 1)])
    def test_reads_an_attempt(self, sent: str | None, attempt: int) -> None:
        assert accept_attempt(sent) == attempt
