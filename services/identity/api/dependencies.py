"""What identity's endpoints ask for: the store, hashes and keys, and where a request came from."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from services.identity.clients.notifications import CodeMailer
from services.identity.domain.session import MAX_AGENT_LENGTH, Device
from services.identity.settings import IdentitySettings
from services.identity.store.key_files import SigningKeys
from services.identity.store.password_hashes import PasswordHashes
from services.identity.use_cases.sign_in import SignInDesk
from shared.clients.jwks import KeySet
from shared.clients.revocations import RevocationPoller
from shared.clients.step_up import STEP_UP_HEADER
from shared.clients.trails import Trails
from shared.contracts.caller import Caller
from shared.store.engine import Store
from shared.web.dependencies import CurrentCaller

DEVICE_HEADER = "x-device-token"
"""By which a device says which one it is; the bank gives a new one its token under the same name when it signs in."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the process has: made once at start, found by every endpoint."""

    settings: IdentitySettings
    store: Store
    keys: SigningKeys
    hashes: PasswordHashes
    mailer: CodeMailer
    key_set: KeySet
    trails: Trails
    revocations: RevocationPoller
    """Identity's own copy; `poll` makes what a command just revoked hold at this door at once."""

    @property
    def desk(self) -> SignInDesk:
        """Give what signing in needs."""
        return SignInDesk(
            store=self.store, hashes=self.hashes, keys=self.keys, settings=self.settings, mailer=self.mailer
        )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person with a session."""

    caller: Caller
    user_id: str
    session_id: str


async def identity_of(request: Request) -> Identity:
    """Give what the process has."""
    found: Identity = request.app.state.identity
    return found


async def signed_in(caller: CurrentCaller) -> SignedIn:
    """Give the person who asks; the policy lets nobody else come here."""
    return SignedIn(caller, caller.user_id or "", caller.session_id or "")


async def device_of(request: Request, identity: Annotated[Identity, Depends(identity_of)]) -> Device:
    """Give where a request came from; only the gateway's word is believed about somebody else's address."""
    peer = request.client.host if request.client else "unknown"
    told = request.headers.get("x-client-address")
    address = told if told and _is_trusted(peer, identity.settings) and _is_address(told) else peer
    agent = request.headers.get("user-agent", "")[:MAX_AGENT_LENGTH]
    return Device(address=address, agent=agent, token=request.headers.get(DEVICE_HEADER, "")[:MAX_AGENT_LENGTH] or None)


async def step_up_of(request: Request) -> str | None:
    """Give the step-up token that came with a request."""
    return request.headers.get(STEP_UP_HEADER)


def _is_trusted(peer: str, settings: IdentitySettings) -> bool:
    if not _is_address(peer):
        return False
    address = ip_address(peer)
    return address.is_loopback or any(address in network for network in settings.trusted_proxies)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


IdentityDep = Annotated[Identity, Depends(identity_of)]
CurrentUser = Annotated[SignedIn, Depends(signed_in)]
StepUpToken = Annotated[str | None, Depends(step_up_of)]
CurrentDevice = Annotated[Device, Depends(device_of)]
