"""A receiver of OTLP over HTTP, real but small: it keeps the spans that processes export."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from gzip import decompress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True, slots=True)
class SeenSpan:
    """One span: ids in hex, `parent` empty for a root, `service` from its resource."""

    service: str
    name: str
    kind: int
    trace: str
    span: str
    parent: str
    status: int
    nanoseconds: int


@dataclass
class Receiver:
    """What arrived, in order; `endpoint` is what OTEL_EXPORTER_OTLP_ENDPOINT is set to."""

    endpoint: str
    spans: list[SeenSpan] = field(default_factory=list)

    def of_trace(self, trace: str) -> list[SeenSpan]:
        """Give the spans of a trace so far."""
        return [span for span in self.spans if span.trace == trace]

    def take(self, body: bytes) -> None:
        """Read an export."""
        request = ExportTraceServiceRequest.FromString(body)
        for resource in request.resource_spans:
            names = {one.key: one.value.string_value for one in resource.resource.attributes}
            for scope in resource.scope_spans:
                self.spans += [
                    SeenSpan(
                        service=names["service.name"],
                        name=span.name,
                        kind=span.kind,
                        trace=span.trace_id.hex(),
                        span=span.span_id.hex(),
                        parent=span.parent_span_id.hex(),
                        status=span.status.code,
                        nanoseconds=span.end_time_unix_nano - span.start_time_unix_nano,
                    )
                    for span in scope.spans
                ]


@contextmanager
def otlp_receiver() -> Iterator[Receiver]:
    """Listen on a free port of this machine for as long as the `with` lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            assert self.path == "/v1/traces"
            receiver.take(decompress(body) if self.headers.get("content-encoding") == "gzip" else body)
            self.send_response(200)
            self.send_header("content-type", "application/x-protobuf")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it so)
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver = Receiver(f"http://127.0.0.1:{server.server_address[1]}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
