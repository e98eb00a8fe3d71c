"""Refusals that more than the HTTP door gives: the ledger's writer, too, which does without FastAPI."""

from shared.errors import Forbidden, Malformed, Refusal


class Gone(Refusal):
    """What was asked for existed and is no longer kept. A kind: each subclass has a code of its own."""


class BadIdempotencyKey(Malformed):
    """The key is missing where it is needed, sent twice, or not 1–255 visible ASCII characters."""

    code = "request.idempotency-key"
    title = "An Idempotency-Key is needed: 1 to 255 visible ASCII characters"
    next_step = "Send one Idempotency-Key of your own choice, new for each new request."


class RoleNotAllowed(Forbidden):
    """The caller's roles may never call this."""

    code = "auth.role-not-allowed"
    title = "Your role may not do this"
    next_step = "Ask somebody whose role may do this, or sign in with another login."


class MalformedAddress(Malformed):
    """The path or the query holds a NUL character, which no text of ours may."""

    code = "request.malformed-address"
    title = "The address holds a NUL character"
    next_step = "Write the address without this character and send the request again."
