"""A little OpenID provider on loopback, which answers as a test tells it to. Nobody of it is real."""

from __future__ import annotations

import hashlib
import socket
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, quote, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.workbench.province import Clock

CLIENT, SECRET = "duibiao", "a secret: with / and %"


class IdentityProvider:
    """``subject`` is who is signed in there; ``change`` what it alters of the claims, ``key`` what it signs with."""

    def __init__(self, issuer: str, clock: Clock) -> None:
        self.issuer, self._clock = issuer, clock
        self.subject: Any = "sub-1"
        self.change: dict[str, Any] = {}
        self.key = self.published = RSAKey.generate_key(2048, {"kid": "one"})
        self.slow = 0.0
        self.status = 200
        self.fetched: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._about),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
            ]
        )

    def _about(self, request: Request) -> Response:
        self.fetched.append("discovery")
        time.sleep(self.slow)
        about = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }
        return JSONResponse(about, self.status)

    def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["response_type"] == "code"
        assert asked["scope"] == "openid"
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self._codes)}"
        self._codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", 302)

    async def _token(self, request: Request) -> Response:
        form = {name: value[0] for name, value in parse_qs((await request.body()).decode()).items()}
        pair = b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        assert pair == f"{CLIENT}:{quote(SECRET, safe='')}"
        asked = self._codes.pop(form["code"], None)
        digest = (
            urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        )
        if (
            asked is None
            or digest != asked["code_challenge"]
            or form["redirect_uri"] != asked["redirect_uri"]
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": asked["client_id"],
            "iat": int(self._clock.now.timestamp()),
            "exp": int(self._clock.now.timestamp()) + 300,
            "nonce": asked["nonce"],
            # What we must not keep.
            "name": "示例姓名",
            "email": "example@example.invalid",
        } | self.change
        claims = {name: value for name, value in claims.items() if value is not None}
        token = jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _keys(self, request: Request) -> Response:
        self.fetched.append("keys")
        return JSONResponse({"keys": [self.published.as_dict(private=False)]})


@contextmanager
def identity_provider(clock: Clock) -> Iterator[IdentityProvider]:
    """A provider that is reached over loopback; its clock is that of the server."""
    listening = socket.create_server(("127.0.0.1", 0))
    made = IdentityProvider(f"http://127.0.0.1:{listening.getsockname()[1]}", clock)
    server = uvicorn.Server(uvicorn.Config(made.app, log_level="error", lifespan="off"))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
