"""Time stamps of an authority that answers on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from asn1crypto import keys, tsp, x509
from pyhanko.sign.timestamps import DummyTimeStamper

from evaluator.errors import InputError
from evaluator.loading.sealing_services import authority_at
from scorecards.sealing import NotSealed
from scorecards.sealing.checking import signatures_in
from scorecards.sealing.sealed import TimeStamps
from scorecards.sealing.stamping import Stamper
from tests.sealing.conftest import sign
from tests.sealing.institutions import Institution, authority, later, made, root, unit

STAMPED_AT = datetime(2026, 3, 2, 9, 31, tzinfo=UTC)
Answer = Callable[[bytes], tuple[int, str, bytes]]
REPLY = "application/timestamp-reply"


@pytest.fixture
def served() -> Iterator[Callable[[Answer], str]]:
    """Serve these answers on the loopback; the address is returned."""
    servers: list[HTTPServer] = []

    def serve(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.headers["Content-Type"] == "application/timestamp-query"
                code, kind, content = answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(code)
                self.send_header("Content-Type", kind)
                self.send_header("Location", "http://127.0.0.1:9/")
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *arguments: object) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/tsa"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def stamping(one: Institution, at: datetime = STAMPED_AT) -> Answer:
    certificate, key = x509.Certificate.load(one.der), keys.PrivateKeyInfo.load(one.key_der)
    library = DummyTimeStamper(certificate, key, fixed_dt=at)

    def answer(request: bytes) -> tuple[int, str, bytes]:
        return 200, REPLY, library.request_tsa_response(tsp.TimeStampReq.load(request)).dump()

    return answer


def stamps(url: str, *trusted: bytes) -> TimeStamps:
    return TimeStamps(Stamper(authority_at(url, 10)), trusted)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_a_trusted_stamp_proves_the_time(issued: bytes, served: Callable[[Answer], str]) -> None:
    content = sign(issued, stamps=stamps(served(stamping(authority())), root().pem))
    (found,) = signatures_in(content, [root().pem])
    assert (found.intact, found.only_signed, found.trusted, found.timestamp) == (True,) * 4
    assert found.signed_at == "2026-03-02T09:31:00+00:00"
    assert "时间戳证明" in found.why.zh


def test_a_signature_with_a_trusted_stamp_outlives_its_certificate(
    issued: bytes, served: Callable[[Answer], str]
) -> None:
    short = made("示例单位", "印章", root(), until=later(30))
    content = sign(issued, short, box="none", stamps=stamps(served(stamping(authority()))))
    (found,) = signatures_in(content, [root().pem], later(900))
    assert found.trusted


def test_a_stamp_after_the_certificate_expired_proves_just_that(
    issued: bytes, served: Callable[[Answer], str]
) -> None:
    short = made("示例单位", "印章", root(), until=later(30))
    late = served(stamping(authority(), later(31)))
    with pytest.raises(NotSealed) as refused:
        sign(issued, short, box="none", stamps=stamps(late, root().pem))
    assert refused.value.code == "bad_certificate"


def test_a_stamp_of_an_unknown_authority_leaves_the_signers_word(
    issued: bytes, served: Callable[[Answer], str]
) -> None:
    stranger = made("别的时间戳中心", "TSA", kind="rsa", usage="stamp")
    url = served(stamping(stranger))
    with pytest.raises(NotSealed) as refused:
        sign(issued, box="none", stamps=stamps(url, root().pem))
    assert refused.value.code == "timestamp"
    (found,) = signatures_in(sign(issued, box="none", stamps=stamps(url)), [root().pem])
    assert (found.trusted, found.timestamp) == (True, False)
    assert found.signed_at == "2026-03-02T09:30:00+00:00"


def test_a_certificate_that_is_not_for_stamps_stamps_nothing(
    issued: bytes, served: Callable[[Answer], str]
) -> None:
    url = served(stamping(unit("rsa")))
    with pytest.raises(NotSealed) as refused:
        sign(issued, box="none", stamps=stamps(url, root().pem))
    assert refused.value.code == "timestamp"


def refused_request(_request: bytes) -> tuple[int, str, bytes]:
    # A status of 2, rejection, and no token.
    return 200, REPLY, bytes.fromhex("3005300302 0102")


def of_another_request(_request: bytes) -> tuple[int, str, bytes]:
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
    other = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": 5, "cert_req": True})
    return stamping(authority())(other.dump())


@pytest.mark.parametrize("answer", [refused_request, of_another_request, lambda _: (200, REPLY, b"x")])
def test_an_authority_that_gives_no_stamp_is_named(
    issued: bytes, served: Callable[[Answer], str], answer: Answer
) -> None:
    with pytest.raises(NotSealed) as refused:
        sign(issued, box="none", stamps=stamps(served(answer)))
    assert refused.value.code == "timestamp"


@pytest.mark.parametrize(
    ("code", "kind", "content", "said"),
    [
        (500, REPLY, b"", "HTTP 500"),
        (302, REPLY, b"", "HTTP 302"),
        (200, "text/html", b"<p>", "ValueError"),
        (200, REPLY, b"x" * 300_000, "ValueError"),
    ],
    ids=["error", "elsewhere", "a page", "too much"],
)
def test_what_is_no_answer_of_an_authority_is_refused(
    served: Callable[[Answer], str], code: int, kind: str, content: bytes, said: str
) -> None:
    with pytest.raises(InputError) as refused:
        authority_at(served(lambda _: (code, kind, content)), 10)(b"x")
    assert said in str(refused.value)


def test_an_authority_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError) as refused:
        authority_at("http://127.0.0.1:9/tsa", 5)(b"x")
    assert "没有应答" in str(refused.value)
