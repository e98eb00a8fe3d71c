"""Ask a process of this container whether it is well: `python -S -m shared.observability.health`.

The container's health check. HEALTH_PORT names the port (8000 unless set), HEALTH_PATH what is asked (/readyz unless
set). Only the standard library's smallest parts: it runs every few seconds in every container.
"""

import os
import socket
import sys


def answers(port: int, path: str) -> bool:
    """Tell whether the process answers 200; waits three seconds at most."""
    request = f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode("ascii")
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=3) as connection:
            connection.sendall(request)
            status = connection.recv(64).split(b"\r\n", 1)[0]
            while connection.recv(4096):  # to its end: who hangs up early leaves an error in the other's log
                pass
            return b" 200 " in status
    except OSError:
        return False


if __name__ == "__main__":
    well = answers(int(os.environ.get("HEALTH_PORT", "8000")), os.environ.get("HEALTH_PATH", "/readyz"))
    sys.exit(0 if well else 1)
