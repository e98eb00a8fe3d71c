"""Spans of W3C traces, exported over OTLP when `OTEL_EXPORTER_OTLP_ENDPOINT` is set; without it nothing is loaded.

The ids are those of the request's context: a hop's `traceparent` names its own span, and what it was sent names the
parent. So spans need no second context, and a process that exports none still passes the trace on.
"""

import atexit
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, Protocol

from shared.clock import now_ns
from shared.observability.context import current_context, sample_traces

if TYPE_CHECKING:
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import ReadableSpan

Kind = Literal["SERVER", "CONSUMER", "PRODUCER", "INTERNAL"]
Value = str | int
_SAMPLED = "01"


class TraceSettings(Protocol):
    """Where spans go (a base address; empty: nowhere), and the share of new traces that is recorded, 0 to 1."""

    otlp_endpoint: str
    trace_ratio: float


class Processor(Protocol):
    """Takes finished spans: the SDK's batch processor."""

    def on_end(self, span: "ReadableSpan") -> None:
        """Take one."""

    def shutdown(self) -> None:
        """Send what waits."""


class Recorder:
    """Hands finished spans to a processor, which sends them in the background and drops what is too much."""

    def __init__(self, processor: Processor, resource: "Resource") -> None:
        """Record with these; the packages are loaded by now."""
        from opentelemetry import trace
        from opentelemetry.sdk.trace import ReadableSpan

        self._processor, self._resource = processor, resource
        self._trace, self._span = trace, ReadableSpan

    def record(
        self,
        name: str,
        *,
        traceparent: str,
        parent: str | None,
        kind: Kind,
        began_ns: int,
        attributes: Mapping[str, Value],
        failed: bool,
        ended_ns: int | None,
    ) -> None:
        """Take a finished span; `parent` counts only if it is of the same trace."""
        trace = self._trace
        same = parent is not None and parent[3:35] == traceparent[3:35]
        self._processor.on_end(
            self._span(
                name,
                context=self._context(traceparent),
                parent=self._context(parent) if same and parent else None,
                resource=self._resource,
                attributes=dict(attributes),
                kind=trace.SpanKind[kind],
                status=trace.Status(trace.StatusCode.ERROR if failed else trace.StatusCode.UNSET),
                start_time=began_ns,
                end_time=now_ns() if ended_ns is None else ended_ns,
            )
        )

    def _context(self, traceparent: str):  # type: ignore[no-untyped-def]  # SpanContext, which is not loaded here
        _, trace_id, span_id, flags = traceparent.split("-")
        trace = self._trace
        return trace.SpanContext(int(trace_id, 16), int(span_id, 16), True, trace.TraceFlags(int(flags, 16)))

    def close(self) -> None:
        """Send what waits."""
        self._processor.shutdown()


_recorder: Recorder | None = None


def configure_tracing(service: str, settings: TraceSettings) -> None:
    """Record spans of this process from now on, if the settings say where to."""
    global _recorder
    if not settings.otlp_endpoint or _recorder is not None:
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    exporter = OTLPSpanExporter(endpoint=f"{settings.otlp_endpoint.rstrip('/')}/v1/traces", timeout=5)
    resource = Resource({"service.name": service, "service.namespace": "strongroom"})
    _recorder = Recorder(BatchSpanProcessor(exporter, schedule_delay_millis=1000), resource)
    sample_traces(settings.trace_ratio)
    atexit.register(_recorder.close)


def is_recording() -> bool:
    """Tell whether this process records spans at all."""
    return _recorder is not None


def is_recorded(traceparent: str | None) -> bool:
    """Tell whether spans of this trace are wanted here. Cheap: nothing but this is paid for when tracing is off."""
    return _recorder is not None and traceparent is not None and traceparent.endswith(_SAMPLED)


def record_span(
    name: str,
    *,
    traceparent: str,
    parent: str | None,
    kind: Kind,
    began_ns: int,
    attributes: Mapping[str, Value],
    failed: bool = False,
    ended_ns: int | None = None,
) -> None:
    """Record what began at a Unix time in nanoseconds and ended at another, or now; nothing unless `is_recorded`."""
    if _recorder is not None and traceparent.endswith(_SAMPLED):
        _recorder.record(
            name,
            traceparent=traceparent,
            parent=parent,
            kind=kind,
            began_ns=began_ns,
            attributes=attributes,
            failed=failed,
            ended_ns=ended_ns,
        )


@contextmanager
def span(name: str, *, kind: Kind, attributes: Mapping[str, Value]) -> Iterator[None]:
    """Record the work inside the `with` as the span that the current request context names."""
    context = current_context()
    if context is None or not is_recorded(context.traceparent):
        yield
        return
    began_ns, failed = now_ns(), True
    try:
        yield
        failed = False
    finally:
        record_span(
            name,
            traceparent=context.traceparent,
            parent=context.parent,
            kind=kind,
            began_ns=began_ns,
            attributes=attributes,
            failed=failed,
        )
