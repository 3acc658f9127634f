"""OpenID Connect: the authorization code flow with PKCE, and what is believed of an ID token.

Of whoever signs in only the ``sub`` is looked at, and only a digest of it with the issuer is kept: of another provider the same
``sub`` is somebody else. No other scope than ``openid`` is asked for, and no profile is fetched.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from threading import Lock
from time import monotonic
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError
from joserfc.jwk import KeySet

from workbench.moments import Clock
from workbench.openid_settings import OpenIdSettings, is_private_way

MINUTES = 10
_LEEWAY = 60
# Signatures with a key that only the provider has.
_ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
_WAIT_SECONDS = 5
_MOST_SECONDS = 10
_LARGEST = 512 * 1024
_KEPT_SECONDS = 3600
# A provider that did not answer is not asked again at once: else each click would hold a thread.
_REST_SECONDS = 10

Why = Literal["unreachable", "answer", "token", "nonce", "audience", "expired", "signature", "subject"]


class NotBelieved(Exception):
    """The provider gave no answer (``unreachable``, ``answer``), or its ID token is not believed."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why

    @property
    def is_providers(self) -> bool:
        """Whether it lies with the provider, not with what came by the browser."""
        return self.why in ("unreachable", "answer")


class Begun(NamedTuple):
    """A sign-in that was begun: what the browser keeps of it, signed, until it comes back."""

    state: str
    nonce: str
    verifier: str
    until: float
    then: str
    link: str


class Provider:
    """One provider: its addresses and keys, fetched when they are needed and kept for a while."""

    def __init__(self, settings: OpenIdSettings, clock: Clock) -> None:
        self.settings, self._clock = settings, clock
        self._key = secrets.token_bytes(32)
        self._lock = Lock()
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}
        self._failed_at = float("-inf")

    def begin(self, then: str, link: str = "") -> Begun:
        """A new sign-in; ``link`` is the one-time link whose account is to be bound."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return Begun(state, nonce, verifier, self._now() + MINUTES * 60, then, link)

    def sealed(self, begun: Begun) -> str:
        """``begun`` for the browser: whoever changes it cannot sign it."""
        text = base64.urlsafe_b64encode(json.dumps(begun).encode()).decode()
        return f"{text}.{self._signed(text)}"

    def opened(self, kept: str) -> Begun | None:
        """What ``sealed`` gave to the browser; None where it was changed or has run out."""
        text, _, signature = kept.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signed(text).encode()):
            return None
        begun = Begun(*json.loads(base64.urlsafe_b64decode(text)))
        return begun if begun.until > self._now() else None

    def address(self, begun: Begun, back: str) -> str:
        """Where the browser is sent; raises ``NotBelieved``."""
        return str(
            prepare_grant_uri(
                self._endpoint("authorization_endpoint"),
                self.settings.client_id,
                "code",
                redirect_uri=back,
                scope="openid",
                state=begun.state,
                nonce=begun.nonce,
                code_challenge=create_s256_code_challenge(begun.verifier),
                code_challenge_method="S256",
            )
        )

    def identity(self, begun: Begun, code: str, back: str) -> str:
        """Who signed in, as it is kept; raises ``NotBelieved``."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": begun.verifier,
        }
        methods = self._about().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        headers = {}
        if "client_secret_basic" in methods:
            pair = f"{quote(self.settings.client_id, safe='')}:{quote(self.settings.secret, safe='')}"
            headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form |= {"client_id": self.settings.client_id, "client_secret": self.settings.secret}
        status, answer = self._asked("POST", self._endpoint("token_endpoint"), form, headers)
        token = answer.get("id_token")
        if status != 200 or not isinstance(token, str):
            raise NotBelieved("answer" if status >= 500 or status == 200 else "token")
        subject = self._subject(token, begun.nonce)
        return f"sha256:{sha256(json.dumps([self.settings.issuer, subject]).encode()).hexdigest()}"

    def _subject(self, token: str, nonce: str) -> str:
        claims = self._claims(token)
        wanted = jwt.JWTClaimsRegistry(
            now=int(self._now()),
            leeway=_LEEWAY,
            iss={"essential": True, "value": self.settings.issuer},
            aud={"essential": True, "value": self.settings.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            wanted.validate(claims)
        except ExpiredTokenError:
            raise NotBelieved("expired") from None
        except InvalidClaimError as error:
            told: Mapping[str, Why] = {"nonce": "nonce", "aud": "audience"}
            raise NotBelieved(told.get(str(error.claim), "token")) from None
        except JoseError:
            raise NotBelieved("token") from None
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != self.settings.client_id:
            raise NotBelieved("audience")
        subject = claims["sub"]
        if not isinstance(subject, str) or not 1 <= len(subject) <= 255 or not subject.isascii():
            raise NotBelieved("subject")
        return subject

    def _claims(self, token: str) -> dict[str, Any]:
        for is_last in (False, True):
            try:
                keys = KeySet.import_key_set(self._document("jwks_uri", renewed=is_last))  # type: ignore[arg-type]
                return dict(jwt.decode(token, keys, algorithms=_ALGORITHMS).claims)
            # Whatever a provider may write as a key or token: it is not believed.
            except (JoseError, ValueError, KeyError, TypeError, AttributeError):
                # Perhaps the provider has changed its keys since they were fetched.
                if is_last:
                    raise NotBelieved("signature") from None
        raise AssertionError

    def _about(self) -> dict[str, Any]:
        found = self._document("discovery")
        if found.get("issuer") != self.settings.issuer:
            raise NotBelieved("answer")
        return found

    def _endpoint(self, name: str) -> str:
        url = self._about().get(name)
        if not isinstance(url, str) or not is_private_way(url):
            raise NotBelieved("answer")
        return url

    def _document(self, name: str, *, renewed: bool = False) -> dict[str, Any]:
        now = self._now()
        fetched, found = self._kept.get(name, (float("-inf"), {}))
        # What was fetched just now is not fetched again, whoever sends tokens with made-up keys.
        if now - fetched < (_REST_SECONDS if renewed else _KEPT_SECONDS):
            return found
        own = f"{self.settings.issuer.rstrip('/')}/.well-known/openid-configuration"
        url = own if name == "discovery" else self._endpoint(name)
        with self._lock:
            if now - self._failed_at < _REST_SECONDS:
                raise NotBelieved("unreachable")
            try:
                status, found = self._asked("GET", url)
            except NotBelieved:
                self._failed_at = now
                raise
        if status != 200:
            raise NotBelieved("answer")
        self._kept[name] = (now, found)
        return found

    def _asked(
        self,
        method: str,
        url: str,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, dict[str, Any]]:
        until, content = monotonic() + _MOST_SECONDS, b""
        sent = {"accept": "application/json", **(headers or {})}
        try:
            with (
                httpx.Client(timeout=_WAIT_SECONDS) as client,
                client.stream(method, url, data=form, headers=sent) as answer,
            ):
                for piece in answer.iter_bytes():
                    content += piece
                    if len(content) > _LARGEST or monotonic() > until:
                        raise NotBelieved("answer")
        except (httpx.HTTPError, httpx.InvalidURL):
            raise NotBelieved("unreachable") from None
        try:
            found = json.loads(content)
        except ValueError:
            raise NotBelieved("answer") from None
        if not isinstance(found, dict):
            raise NotBelieved("answer")
        return answer.status_code, found

    def _signed(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), "sha256").hexdigest()

    def _now(self) -> float:
        return self._clock().timestamp()
