"""Spans: nothing is loaded while they are off; which traces are recorded; what a span says."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan

from shared.observability import context, tracing
from shared.observability.context import accept_traceparent, request_context, sample_traces
from shared.observability.tracing import Recorder, is_recorded, span
from tests.architecture.source_tree import ROOT

SENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-{}"
DOORS = (
    "gateway.main", "services.transactions.writer", "services.notifications.main", "shared.worker.app",
    "shared.streams.listener",
)  # fmt: skip


class Kept:
    """Keeps the spans that it is given."""

    def __init__(self) -> None:
        self.spans: list[ReadableSpan] = []

    def on_end(self, span: ReadableSpan) -> None:
        self.spans.append(span)

    def shutdown(self) -> None:
        self.spans.clear()


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    keeper = Kept()
    monkeypatch.setattr(tracing, "_recorder", Recorder(keeper, Resource({})))
    monkeypatch.setattr(context, "_sampled_below", None)
    sample_traces(1.0)
    return keeper


class TestWhileItIsOff:
    @pytest.mark.parametrize("door", DOORS)
    def test_neither_sdk_nor_exporter_is_loaded(self, door: str) -> None:
        """The Redis client loads some of the SDK for metrics of its own; what traces need stays away."""
        code = f"import sys, {door}; print([name for name in sys.modules if name.startswith(LOADED)])".replace(
            "LOADED", "('opentelemetry.sdk.trace', 'opentelemetry.exporter', 'opentelemetry.proto', 'google.protobuf')"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout == "[]\n"

    def test_nothing_is_recorded_whatever_is_sent(self) -> None:
        assert not is_recorded(SENT.format("01"))

    def test_a_trace_is_passed_on_with_the_flag_it_had(self) -> None:
        assert accept_traceparent(SENT.format("01"), from_outside=True).endswith("-01")
        assert accept_traceparent(None).endswith("-00")


class TestWhichTraces:
    def test_are_recorded_is_a_share_of_the_new_ones(self, kept: Kept) -> None:
        sample_traces(0.25)
        recorded = sum(is_recorded(accept_traceparent(None)) for _ in range(2000))
        assert 350 < recorded < 650

    def test_are_none_or_all_at_the_ends(self, kept: Kept) -> None:
        assert all(is_recorded(accept_traceparent(None)) for _ in range(100))
        sample_traces(0)
        assert not any(is_recorded(accept_traceparent(None)) for _ in range(100))

    def test_is_followed_inside_and_decided_anew_at_the_door(self, kept: Kept) -> None:
        assert not is_recorded(accept_traceparent(SENT.format("00")))
        assert is_recorded(accept_traceparent(SENT.format("00"), from_outside=True))
        sample_traces(0)
        assert not is_recorded(accept_traceparent(SENT.format("01"), from_outside=True))


class TestASpan:
    def test_has_the_ids_of_the_request_and_its_parent(self, kept: Kept) -> None:
        with (
            request_context(traceparent=SENT.format("01")) as request,
            span("work", kind="INTERNAL", attributes={"a": 1}),
        ):
            pass
        [one] = kept.spans
        assert one.context is not None
        assert one.parent is not None
        assert f"{one.context.trace_id:032x}" == SENT[3:35]
        assert f"{one.context.span_id:016x}" == request.traceparent[36:52]
        assert f"{one.parent.span_id:016x}" == SENT[36:52]
        assert (one.name, one.attributes, one.status.is_ok) == ("work", {"a": 1}, True)

    def test_has_no_parent_where_the_trace_begins(self, kept: Kept) -> None:
        with request_context(), span("work", kind="INTERNAL", attributes={}):
            pass
        assert kept.spans[0].parent is None

    def test_that_ends_in_an_exception_is_an_error(self, kept: Kept) -> None:
        with pytest.raises(KeyError), request_context(), span("work", kind="INTERNAL", attributes={}):
            raise KeyError
        assert not kept.spans[0].status.is_ok

    def test_is_nothing_outside_of_a_request(self, kept: Kept) -> None:
        with span("work", kind="INTERNAL", attributes={}):
            pass
        assert kept.spans == []
