"""A step-up: the person says once more who they are, for one command with this amount, this payer and this payee."""

from typing import Any

from shared.errors import Invalid, Unauthenticated


class SecondFactorRequired(Unauthenticated):
    """The password is right; a code is needed as well."""

    code = "auth.second-factor-required"
    title = "A second factor is needed"
    next_step = "Send the same request with otp: the code of your authenticator, or the one that was sent to you."


class ReauthenticationFailed(Invalid):
    """The password or the code that should prove the person again does not."""

    code = "auth.reauthentication-failed"
    title = "This does not prove who you are"
    next_step = "Enter your password, or the newest code of your second factor."


def step_up_claims(
    *, user_id: str, session_id: str, token_id: str, action: str, subject_hash: str, frame: dict[str, Any]
) -> dict[str, Any]:
    """Give the claims of a step-up token (`typ=step-up+jwt`): it stands for one command, of one session, once."""
    return {"sub": user_id, "sid": session_id, "jti": token_id, "action": action, "hash": subject_hash} | frame
