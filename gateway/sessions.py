"""Sessions of browsers: cookies instead of tokens, renewed here before they run out, and only for our own pages.

A request with a Bearer token never comes here. No token is ever in a body that a script can read: what identity gives a
browser leaves as cookies.
"""

from base64 import urlsafe_b64decode

import orjson

from gateway.auth import Doorkeeper
from gateway.cookies import SAFE_METHODS, Cookies, Held, is_browser
from gateway.exchange import Answer, Exchange, Message, Send
from gateway.headers import NO_STORE, Headers
from gateway.policy import Operation
from gateway.refresh import Refresher, Renewed
from gateway.refusals import CrossSiteRequest, NoSession
from shared.clients.verify import InvalidToken, MissingToken
from shared.clock import now
from shared.contracts.caller import Caller
from shared.errors import Unavailable

LOGIN, REFRESH = "POST /api/v1/auth/login", "POST /api/v1/auth/refresh"
_LOGOUTS = frozenset({"POST /api/v1/auth/logout", "POST /api/v1/auth/logout-all"})
_END_ONE = "DELETE /api/v1/auth/sessions/{session_id}"
# An access token with less life left than this, or a quarter of it, is renewed before it is used.
RENEW_SECONDS = 30.0
_DEVICE_HEADER = b"x-device-token"
_SECRETS = ("access_token", "refresh_token")


class BrowserSessions:
    """Lets browsers in by their cookies, and gives, renews and takes these."""

    def __init__(self, cookies: Cookies, doorkeeper: Doorkeeper, refresher: Refresher) -> None:
        """Take who verifies tokens and who renews them."""
        self._cookies = cookies
        self._doorkeeper = doorkeeper
        self._refresher = refresher

    async def admit(self, exchange: Exchange, operation: Operation, path: str, wanted: dict[bytes, bytes]) -> Caller:
        """Give the caller whose cookies a request has, and let it go on with their token as its bearer token.

        :raises MissingToken: if none of our cookies is there
        :raises CrossSiteRequest: if it would change something and no page of ours sent it
        :raises InvalidToken: if the session is over
        :raises RoleNotAllowed: if no role of the caller is among the operation's
        :raises Unavailable: if the session must be renewed and identity is away
        """
        held = self._cookies.read(wanted.get(b"cookie"))
        if held.access is None and held.refresh is None:
            raise MissingToken
        if exchange.method not in SAFE_METHODS and not self._cookies.is_own_page(wanted):
            raise CrossSiteRequest
        self._name_device(operation, held, wanted)
        try:
            caller = await self._caller(exchange, operation, held, wanted)
        except InvalidToken:
            exchange.security = [*exchange.security, *self._cookies.cleared()]
            raise
        if operation.name in _LOGOUTS or (
            operation.name == _END_ONE and operation.ids_of(path)["session_id"] == caller.session_id
        ):
            exchange.send = _Farewell(exchange.send, self._cookies)
        return caller

    async def open(self, exchange: Exchange, operation: Operation, wanted: dict[bytes, bytes]) -> bool:
        """Prepare a public request of a browser to identity; True if it is already answered.

        :raises CrossSiteRequest: if it would get cookies and no page of ours sent it
        :raises NoSession: if it wants to go on with a session that is over
        :raises Unavailable: if identity is away
        """
        if operation.name in (LOGIN, REFRESH) and not self._cookies.is_own_page(wanted):
            raise CrossSiteRequest
        held = self._cookies.read(wanted.get(b"cookie"))
        self._name_device(operation, held, wanted)
        if operation.name == LOGIN:
            exchange.send = _Wrapping(exchange.send, self._cookies)
        if operation.name == REFRESH:
            await self._go_on(exchange, held, wanted)
            return True
        return False

    async def recognise(self, exchange: Exchange, operation: Operation, wanted: dict[bytes, bytes]) -> None:
        """Let a public request that only reads go on with the token of its cookies: who is known may be shown more.

        Cookies that do not hold are no hindrance: then nobody in particular asks.
        """
        if exchange.method not in SAFE_METHODS or not goes_by_cookies(wanted):
            return
        held = self._cookies.read(wanted.get(b"cookie"))
        if held.access is None and held.refresh is None:
            return
        try:
            await self._caller(exchange, operation, held, wanted)
        except (InvalidToken, Unavailable):
            wanted.pop(b"authorization", None)

    async def _go_on(self, exchange: Exchange, held: Held, wanted: dict[bytes, bytes]) -> None:
        renewed = await self._renew(exchange, held, wanted)
        if renewed is None:
            exchange.security = [*exchange.security, *self._cookies.cleared()]
            raise NoSession
        content = orjson.dumps({"expires_in": renewed.expires_in})
        await exchange.answer(Answer(200, content, headers=[NO_STORE]))

    async def _caller(self, exchange: Exchange, operation: Operation, held: Held, wanted: dict[bytes, bytes]) -> Caller:
        access, renewed = held.access, None
        left, soon = _life_left(access)
        if left < soon:
            try:
                renewed = await self._renew(exchange, held, wanted)
            except Unavailable:
                # It still holds for a while, and perhaps identity is back by then.
                if left <= 0:
                    raise
        if access is not None and renewed is None and left > 0:
            try:
                return await self._let_in(access, operation, wanted)
            except InvalidToken:
                # Roles that changed revoke the token but not the session; a session that ended is refused below.
                renewed = await self._renew(exchange, held, wanted)
        if renewed is None:
            raise InvalidToken
        return await self._let_in(renewed.access, operation, wanted)

    async def _let_in(self, access: str, operation: Operation, wanted: dict[bytes, bytes]) -> Caller:
        wanted[b"authorization"] = b"Bearer " + access.encode("ascii")
        return await self._doorkeeper.admit(wanted[b"authorization"], operation.row)

    async def _renew(self, exchange: Exchange, held: Held, wanted: dict[bytes, bytes]) -> Renewed | None:
        if held.refresh is None:
            return None
        renewed = await self._refresher.renew(held.refresh, exchange=exchange, wanted=wanted)
        if renewed is not None:
            given = self._cookies.session(access=renewed.access, refresh=renewed.refresh)
            exchange.security = [*exchange.security, *given]
        return renewed

    def _name_device(self, operation: Operation, held: Held, wanted: dict[bytes, bytes]) -> None:
        if operation.route.upstream == "identity":
            wanted.pop(_DEVICE_HEADER, None)
            if held.device is not None:
                wanted[_DEVICE_HEADER] = held.device.encode("ascii")


def goes_by_cookies(wanted: dict[bytes, bytes]) -> bool:
    """Tell whether a request's session is in its cookies; a Bearer token wins."""
    return b"cookie" in wanted and b"authorization" not in wanted


def opens_session(operation: Operation, wanted: dict[bytes, bytes]) -> bool:
    """Tell whether a public request is a browser's to identity: what that gives must not reach a script."""
    return operation.route.upstream == "identity" and is_browser(wanted)


class _Farewell:
    """Takes the cookies of a session whose end was answered well."""

    def __init__(self, send: Send, cookies: Cookies) -> None:
        self._send, self._cookies = send, cookies

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] < 300:
            kept = [header for header in message["headers"] if header[0] != b"set-cookie"]
            message["headers"] = [*kept, *self._cookies.cleared()]
        await self._send(message)


class _Wrapping:
    """Holds a sign-in's answer back until it is whole; then its tokens leave as cookies, the rest as body."""

    def __init__(self, send: Send, cookies: Cookies) -> None:
        self._send, self._cookies = send, cookies
        self._start: Message = {}
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._parts.append(message.get("body", b""))
        if message.get("more_body", False):
            return
        body = b"".join(self._parts)
        headers = [header for header in self._start["headers"] if header[0] not in (_DEVICE_HEADER, b"content-length")]
        device = next((value for name, value in self._start["headers"] if name == _DEVICE_HEADER), None)
        if self._start["status"] < 300:
            body, more = self._without_tokens(body)
            headers += more
        if device is not None:
            headers += self._cookies.device(device.decode("ascii"))
        headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body, "more_body": False})

    def _without_tokens(self, body: bytes) -> tuple[bytes, Headers]:
        content = orjson.loads(body)
        access, refresh = (content.pop(name) for name in _SECRETS)
        content.pop("token_type", None)
        return orjson.dumps(content), self._cookies.session(access=access, refresh=refresh)


def _life_left(access: str | None) -> tuple[float, float]:
    """Give how many seconds an access token says it has left, and below how many it is to be renewed.

    Unverified: whoever writes another time into it only decides when the verification refuses it.
    """
    if access is None:
        return 0.0, RENEW_SECONDS
    try:
        payload = access.split(".")[1]
        claims = orjson.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        began, ends = float(claims["iat"]), float(claims["exp"])
    except (IndexError, KeyError, TypeError, ValueError):
        return 0.0, RENEW_SECONDS
    return ends - now().timestamp(), min(RENEW_SECONDS, (ends - began) / 4)
