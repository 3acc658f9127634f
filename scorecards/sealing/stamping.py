"""Time stamps of a trusted authority (RFC 3161); who reaches the authority is handed in."""

from __future__ import annotations

from collections.abc import Callable

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from evaluator.errors import Words
from scorecards.sealing.errors import NotSealed

# Room for a token with the authority's certificates.
ROOM = 16 * 1024


class Stamper(TimeStamper):
    """Asks ``ask`` with a DER request for a DER response."""

    def __init__(self, ask: Callable[[bytes], bytes]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._ask = ask

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The authority's response; raises ``NotSealed`` where it is none, or a refusal."""
        answer = self._ask(req.dump())
        try:
            response = tsp.TimeStampResp.load(answer, strict=True)
            status = response["status"]["status"].native
            if status == "granted":
                stamped = response["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
                if stamped["nonce"].native != req["nonce"].native:
                    raise ValueError("an answer to another request")
                return response
        except (ValueError, TypeError, KeyError):
            status = "?"
        raise NotSealed(
            "timestamp",
            Words(
                f"时间戳服务没有给出时间戳（{status}）", f"the time stamp authority gave no stamp ({status})"
            ),
            Words("核对时间戳服务的地址，或稍后再试", "check the address of the authority, or try later"),
        )
