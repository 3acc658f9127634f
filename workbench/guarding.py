"""What stands before every page: the size of requests, and the headers that tell a browser what it may do with the answer."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No script or style but our own files; nothing from another address; nobody else shows our pages in a frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(), microphone=(), payment=()",
    "cache-control": "no-store",
}
_TRANSPORT = "max-age=31536000; includeSubDomains"


class SafeAnswers:
    """Adds the headers that an answer does not state itself."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.headers = {**HEADERS, **({"strict-transport-security": _TRANSPORT} if https else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                stated = {name.lower() for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(
                        (name.encode(), value.encode())
                        for name, value in self.headers.items()
                        if name.encode() not in stated
                    ),
                ]
            await send(message)

        await self.app(scope, receive, answer)


class _TooLarge(Exception):
    pass


class BoundedRequests:
    """Refuses a request of more than ``largest`` bytes, whatever it says of its size."""

    def __init__(self, app: ASGIApp, *, largest: int) -> None:
        self.app, self.largest = app, largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        stated = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if not stated.isdigit() or int(stated) > self.largest:
            await self._refuse(send)
            return
        size, begun, exceeded = 0, False, False

        async def bounded() -> Message:
            nonlocal size, exceeded
            message = await receive()
            size += len(message.get("body", b""))
            if size > self.largest:
                exceeded = True
                raise _TooLarge
            return message

        async def answer(message: Message) -> None:
            nonlocal begun
            # Whoever reads the request may make another refusal of ours: this one says why.
            if exceeded and not begun:
                return
            begun = True
            await send(message)

        with suppress(_TooLarge):
            await self.app(scope, bounded, answer)
        if exceeded and not begun:
            await self._refuse(send)

    async def _refuse(self, send: Send) -> None:
        megabytes = self.largest // (1024 * 1024)
        text = (
            f"请求超过 {megabytes} MB，没有接收 / the request is larger than {megabytes} MB and was not taken"
        )
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 413, "headers": headers})
        await send({"type": "http.response.body", "body": text.encode()})
