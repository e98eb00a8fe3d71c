"""Health and metrics of a process that serves no HTTP of its own: a small server on a port of the machine."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from shared.errors import FaultAtStart
from shared.observability.metrics import METRICS_MEDIA_TYPE, render_metrics


class OpsServer:
    """Answers GET /livez, /readyz and /metrics in a thread."""

    def __init__(self, host: str, port: int, *, ready: Callable[[], bool]) -> None:
        """Listen on an address; `ready` says whether work is taken.

        :raises FaultAtStart: if the port is taken
        """

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/metrics":
                    self._say(200, METRICS_MEDIA_TYPE, render_metrics())
                elif self.path == "/livez":
                    self._say(200, "application/json", b'{"status":"alive"}')
                elif self.path == "/readyz":
                    on = ready()
                    self._say(
                        200 if on else 503, "application/json", b'{"status":"%s"}' % (b"ready" if on else b"not ready")
                    )
                else:
                    self._say(404, "application/json", b"{}")

            def _say(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it so)
                """Say nothing: health is asked every second."""

        try:
            self._server = ThreadingHTTPServer((host, port), Handler)
        except OSError:
            raise FaultAtStart(f"Port {port} for health and metrics is taken.") from None
        self._thread = Thread(target=self._server.serve_forever, name="ops", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
