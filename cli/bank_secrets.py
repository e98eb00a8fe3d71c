"""The secrets of one bank on one machine: made once at random, kept in a file only its owner reads."""

import json
import secrets
from hashlib import sha256
from pathlib import Path

from cli.data_folder import Refused
from cli.records import write_whole

SERVICES = ("identity", "accounts", "transactions", "support", "notifications")
CLIENTS = (*SERVICES, "gateway")
"""Who may ask identity for a service token."""

HEADER = "# The secrets of this bank. Whoever has them can speak as one of its services."
CLIENTS_VARIABLE = "IDENTITY_SERVICE_CLIENTS"


def _secret_of(client: str) -> str:
    return f"{client.upper()}_CLIENT_SECRET"


def _read(path: Path) -> dict[str, str]:
    lines = path.read_text().splitlines() if path.exists() else []
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def ensure_secrets(path: Path) -> dict[str, str]:
    """Give the secrets, making the ones that the file does not have yet; the file is private afterwards.

    :raises Refused: if the file cannot be read or written
    """
    try:
        known = _read(path)
        missing = [name for name in map(_secret_of, CLIENTS) if not known.get(name)]
        known |= {name: secrets.token_urlsafe(32) for name in missing}
        digests = {client: sha256(known[_secret_of(client)].encode()).hexdigest() for client in CLIENTS}
        known[CLIENTS_VARIABLE] = json.dumps(digests, separators=(",", ":"))
        if known != _read(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lines = [HEADER, *(f"{name}={value}" for name, value in sorted(known.items()))]
            write_whole(path, "\n".join(lines) + "\n")
        path.chmod(0o600)
    except OSError as wrong:
        raise Refused(f"The secrets in {path} cannot be used: {wrong.strerror}.") from None
    return known


def secrets_for(client: str, known: dict[str, str]) -> dict[str, str]:
    """Give what one service may know: its own secrets, nobody else's."""
    return {name: value for name, value in known.items() if name.startswith(f"{client.upper()}_")}
