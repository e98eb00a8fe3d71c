"""What must be done once before any process of a service starts: stores at their newest version, a signing key.

Run by `strongroom run` as `python -m cli.prepare <service>…` in the bank's environment: a process of its own, so that
the memory of the database libraries is given back.
"""

import sys

from services.identity.settings import IdentitySettings
from services.identity.store.key_files import ensure_signing_key
from services.transactions.settings import TransactionsSettings
from services.transactions.store.start_checks import check_anchor, refuse_lost_store
from shared.errors import FaultAtStart
from shared.settings import load
from shared.store.migrate import migrate, open_store


def prepare(services: list[str]) -> None:
    """Migrate the stores and make the signing key; doing it again changes nothing.

    :raises FaultAtStart: if a store or the key cannot be used
    """
    ensure_signing_key(load(IdentitySettings).keys_path)
    for service in services:
        store = open_store(service)
        try:
            if service == TransactionsSettings.service and store.is_sqlite:
                refuse_lost_store(store.path)  # a migration would make an empty one in its place
            migrate(store)
            if service == TransactionsSettings.service:
                check_anchor(store)
        finally:
            store.close()


def main() -> int:
    """Run from the command line; a fault is one line."""
    try:
        prepare(sys.argv[1:])
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
