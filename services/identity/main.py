"""Identity's HTTP door: `python -m services.identity.main`."""

import sys

from fastapi import FastAPI

from services.identity.api import audit, auth, email, factors, internal, keys, passwords, sessions, user_sessions, users
from services.identity.api.dependencies import Identity
from services.identity.clients.notifications import CodeMailer
from services.identity.listener import open_door
from services.identity.settings import IdentitySettings
from services.identity.store.key_files import ensure_signing_key, load_signing_keys
from services.identity.store.key_watch import KeyWatch
from services.identity.store.own_revocations import OwnRevocations
from services.identity.store.own_tokens import OwnTokens
from services.identity.store.password_hashes import PasswordHashes
from services.identity.store.tables import PLUMBING
from services.identity.store.users_queries import has_demo_logins, snapshot
from services.identity.use_cases.seed_demo_staff import seed_demo_staff
from shared.clients.http import ServiceClient
from shared.clients.jwks import KeySet
from shared.clients.revocations import RevocationPoller, Revocations
from shared.clients.trails import Trails
from shared.clients.verify import TokenVerifier
from shared.clock import now
from shared.contracts.policy.identity import POLICY
from shared.errors import FaultAtStart
from shared.settings import load
from shared.store.engine import Store
from shared.store.locks import lock_of
from shared.store.schema import check_version
from shared.web.app import Hook, create_service_app, run_service


def create_app(settings: IdentitySettings | None = None) -> FastAPI:
    """Build the app; the store is opened and checked when it starts.

    :raises FaultAtStart: if a setting is wrong or, in production, a key is missing
    """
    settings = settings or load(IdentitySettings)
    signing = ensure_signing_key(settings.keys_path) if settings.is_sandbox else load_signing_keys(settings.keys_path)
    store = Store(settings.store_url, service=settings.service, plumbing=PLUMBING)
    revocations = Revocations()
    key_set = KeySet(signing.jwks)
    watch = KeyWatch(settings.keys_path, signing)
    identity = Identity(
        settings=settings,
        mailer=CodeMailer(ServiceClient(settings, "notifications", OwnTokens(signing))),
        key_set=key_set,
        trails=_other_trails(settings, OwnTokens(signing)),
        store=store,
        keys=signing,
        hashes=PasswordHashes(
            memory_kib=settings.argon2_memory_kib, passes=settings.argon2_passes, at_once=settings.argon2_at_once
        ),
        revocations=RevocationPoller(OwnRevocations(store), revocations),
    )
    lock = lock_of(store, "api")
    door = open_door(store, settings, OwnTokens(signing)) if settings.listener == "embedded" else None
    app = create_service_app(
        settings=settings,
        store=store,
        routers=[
            one.router
            for one in (auth, passwords, email, factors, sessions, user_sessions, users, audit, internal, keys)
        ],
        policy=POLICY,
        verifier=TokenVerifier(service=settings.service, keys=key_set, revocations=revocations),
        title="Strongroom identity",
        snapshot=snapshot,
        on_start=[
            lock.acquire,
            lambda: check_version(store),
            lambda: _prepare_people(identity),
            identity.revocations.poll,
            identity.revocations.start,
            watch.start,
            *([door.start] if door else []),
        ],
        on_stop=[*([door.stop] if door else []), watch.stop, *_ends(identity), lock.release],
    )
    app.state.identity = identity
    return app


def _ends(identity: Identity) -> list[Hook]:
    return [identity.mailer.stop, identity.revocations.stop, identity.store.close]


def _prepare_people(identity: Identity) -> None:
    """Make the sandbox's staff; in production refuse a store that has any of the sandbox's people.

    :raises FaultAtStart: if production was started on a sandbox's store
    """
    if identity.settings.is_sandbox:
        seed_demo_staff(identity.store, hashes=identity.hashes, now=now())
        return
    with identity.store.read() as session:
        if has_demo_logins(session):
            raise FaultAtStart("This store has demo logins, whose passwords are public: production does not start.")


def _other_trails(settings: IdentitySettings, tokens: OwnTokens) -> Trails:
    return Trails(
        {
            "accounts": ServiceClient(settings, "accounts", tokens),
            "transactions": ServiceClient(settings, "transactions", tokens),
            "support": ServiceClient(settings, "support", tokens),
            "notifications": ServiceClient(settings, "notifications", tokens),
        }
    )


def main() -> int:
    """Serve until SIGTERM; a process that cannot start says why in one line."""
    try:
        settings = load(IdentitySettings)
    except FaultAtStart as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    run_service(lambda: create_app(settings), settings)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
