"""A browser as the gateway sees it, and an identity that gives and renews its tokens on command."""

import asyncio
import json
import time
from typing import Any

import httpx
from aiohttp import web

from tests.builders.tokens import TokenMaker
from tests.gateway.stand_ins import RunningGateway

PAGE = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
ACCOUNTS, LOGIN, REFRESH = "/api/v1/accounts", "/api/v1/auth/login", "/api/v1/auth/refresh"


class StandInIdentity:
    """Identity's sign-in and refresh as the gateway sees them; tokens are numbered in the order they were given."""

    def __init__(self, tokens: TokenMaker) -> None:
        self._tokens = tokens
        self.life_seconds = 300
        self.session = "session-1"
        self.refresh_status = 200
        self.slow_seconds = 0.0
        self.given = 0
        self.refreshes: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []

    def access(self, **changed: Any) -> str:
        moment = int(time.time())
        return self._tokens.sign(**{"sid": self.session, "iat": moment, "exp": moment + self.life_seconds} | changed)

    async def __call__(self, request: web.Request, body: bytes) -> web.StreamResponse:
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        if request.path == REFRESH:
            self.refreshes.append(json.loads(body))
            await asyncio.sleep(self.slow_seconds)
            if self.refresh_status != 200:
                return web.json_response({"code": "x"}, status=self.refresh_status)
        elif request.path != LOGIN:
            return web.Response(status=204)
        elif json.loads(body).get("password") != "right":
            return web.json_response({"code": "auth.invalid-credentials"}, status=401)
        self.given += 1
        answer = {"access_token": self.access(), "token_type": "Bearer", "expires_in": 300}
        return web.json_response(
            answer | {"refresh_token": f"refresh-{self.given}"}, headers={"X-Device-Token": "device-1"}
        )


def sign_in(browser: httpx.Client) -> httpx.Response:
    return browser.post(LOGIN, json={"email": "a@b.c", "password": "right"})


def hold(browser: httpx.Client, *, access: str | None = None, refresh: str | None = None) -> None:
    browser.cookies.clear()
    for name, value in (("access", access), ("refresh", refresh)):
        if value is not None:
            browser.cookies.set(f"strongroom-{name}", value)


def set_cookies(answer: httpx.Response) -> dict[str, str]:
    pairs = (header.partition("=") for header in answer.headers.get_list("set-cookie"))
    return {name: value.partition(";")[0] for name, _, value in pairs}


def ask_late(gateway: RunningGateway, refresh: str, more: dict[str, str] | None = None) -> httpx.Response:
    with httpx.Client(base_url=gateway.url, headers=PAGE | (more or {}), timeout=15, trust_env=False) as http:
        hold(http, refresh=refresh)
        return http.get(ACCOUNTS)
