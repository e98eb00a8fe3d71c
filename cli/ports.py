"""The ports of the bank on one machine: their settings, their defaults, and whether they are free."""

import contextlib
import errno
import socket
from dataclasses import dataclass

from cli.data_folder import Refused

HOST = "127.0.0.1"


@dataclass(frozen=True)
class PortSetting:
    """One port: whose it is, the variable that sets it, and its default."""

    owner: str
    variable: str
    default: int


PORTS = (
    PortSetting("gateway", "STRONGROOM_PORT", 8080),
    PortSetting("gateway-ops", "STRONGROOM_GATEWAY_OPS_PORT", 8081),
    PortSetting("identity", "STRONGROOM_IDENTITY_PORT", 8001),
    PortSetting("accounts", "STRONGROOM_ACCOUNTS_PORT", 8002),
    PortSetting("transactions", "STRONGROOM_TRANSACTIONS_PORT", 8003),
    PortSetting("support", "STRONGROOM_SUPPORT_PORT", 8004),
    PortSetting("notifications", "STRONGROOM_NOTIFICATIONS_PORT", 8005),
    PortSetting("writer-ops", "STRONGROOM_WRITER_OPS_PORT", 8013),
    PortSetting("identity-worker-ops", "STRONGROOM_IDENTITY_WORKER_OPS_PORT", 8011),
    PortSetting("accounts-worker-ops", "STRONGROOM_ACCOUNTS_WORKER_OPS_PORT", 8012),
    PortSetting("transactions-worker-ops", "STRONGROOM_TRANSACTIONS_WORKER_OPS_PORT", 8023),
    PortSetting("support-worker-ops", "STRONGROOM_SUPPORT_WORKER_OPS_PORT", 8014),
    PortSetting("notifications-worker-ops", "STRONGROOM_NOTIFICATIONS_WORKER_OPS_PORT", 8015),
    PortSetting("mail", "STRONGROOM_MAIL_PORT", 8025),
    PortSetting("mail-ops", "STRONGROOM_MAIL_OPS_PORT", 8026),
    PortSetting("redis", "STRONGROOM_REDIS_PORT", 8379),
)


def _taken(address: str, port: int, family: socket.AddressFamily) -> int:
    """Give the error number of listening there, 0 if it works."""
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
            probe.listen(1)
        except OSError as wrong:
            return wrong.errno or -1
    return 0


def check_port(setting: PortSetting, port: int) -> None:
    """Refuse a port that somebody else listens on.

    The gateway's is tried on IPv6 as well: a browser asks `localhost` there first, and would find the other program.

    :raises Refused: naming the port and the variable that sets it
    """
    wrong = _taken(HOST, port, socket.AF_INET)
    if not wrong and setting.owner == "gateway" and socket.has_ipv6:
        wrong = errno.EADDRINUSE if _taken("::1", port, socket.AF_INET6) == errno.EADDRINUSE else 0
    if wrong == errno.EADDRINUSE:
        raise Refused(
            f"Port {port} ({setting.owner}) is taken by another program: set {setting.variable} to a free one."
        )
    if wrong:
        raise Refused(f"Port {port} ({setting.owner}) cannot be used: set {setting.variable} to another one.")


def check_ports(ports: dict[str, int]) -> None:
    """Refuse the first port that is taken or given twice.

    :raises Refused: naming the port and the variable that sets it
    """
    seen: dict[int, str] = {}
    for setting in PORTS:
        port = ports[setting.owner]
        if port in seen:
            raise Refused(f"Port {port} is set for {seen[port]} and for {setting.owner}: change {setting.variable}.")
        seen[port] = setting.owner
        check_port(setting, port)


def free_ports(count: int) -> list[int]:
    """Give ports nobody listens on now; they are held together while they are chosen, so they differ."""
    with contextlib.ExitStack() as held:
        found = []
        for _ in range(count):
            probe = held.enter_context(socket.socket())
            probe.bind((HOST, 0))
            found.append(int(probe.getsockname()[1]))
    return found
