"""Codes of an authenticator app: RFC 6238 with SHA-1, six digits and 30 seconds, as every app knows them."""

import base64
import hmac
import struct
from datetime import datetime
from hashlib import sha1
from urllib.parse import quote

import segno

from shared.errors import Conflict, NotFound

STEP_SECONDS = 30
DRIFT_STEPS = 1
"""A clock may be off by one step either way."""
SECRET_BYTES = 20
RECOVERY_CODES = 10


class TotpAlreadySetUp(Conflict):
    """An authenticator is set up."""

    code = "auth.totp-already-set-up"
    title = "An authenticator is set up already"
    next_step = "Remove the present authenticator first."


class TotpNotSetUp(NotFound):
    """No authenticator is set up, or none waits to be confirmed."""

    code = "auth.totp-not-set-up"
    title = "No authenticator is set up"
    next_step = "Set an authenticator up first."


class FactorNeeded(Conflict):
    """Without it the login would have less than it must have."""

    code = "auth.factor-needed"
    title = "This factor has to stay"
    next_step = "Choose a password of at least 15 characters first."


def totp_code(secret: bytes, step: int) -> str:
    """Give the six digits of a 30-second step (RFC 4226 over the step's number)."""
    digest = hmac.new(secret, struct.pack(">Q", step), sha1).digest()
    at = digest[-1] & 15
    number = struct.unpack_from(">I", digest, at)[0] & 0x7FFF_FFFF
    return f"{number % 1_000_000:06d}"


def matching_step(*, secret: bytes, code: str, last_step: int, now: datetime) -> int | None:
    """Give the step whose code this is, None if it is none of now's; a step that was used is used for good."""
    present = int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        if hmac.compare_digest(totp_code(secret, step).encode(), code.encode()) and step > last_step:
            found = step
    return found


def otpauth_uri(*, secret: bytes, email: str) -> str:
    """Give what an authenticator app reads, mostly as a QR code."""
    label = f"Strongroom:{email}"
    return f"otpauth://totp/{quote(label)}?secret={as_typed(secret)}&issuer=Strongroom&digits=6&period=30"


def qr_code_svg(uri: str) -> str:
    """Draw a link as a QR code: an SVG element without styles or scripts, so that a strict content policy takes it."""
    return segno.make(uri, error="m", micro=False).svg_inline(scale=4, border=4, light="#fff")


def as_typed(secret: bytes) -> str:
    """Give a secret as a person types it who cannot scan."""
    return base64.b32encode(secret).decode().rstrip("=")


def tidy_recovery_code(text: str) -> str:
    """Give a recovery code in its one spelling, however it was typed."""
    return text.replace("-", "").replace(" ", "").upper()
