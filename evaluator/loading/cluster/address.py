"""Where a Dask cluster is: a scheduler's address as it was typed, or the file that a scheduler wrote it into."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path
from typing import NamedTuple

from evaluator.errors import EnvironmentFault, InputError, Words
from evaluator.loading.files import contents, refused

_LARGEST_SCHEDULER_FILE = 1024 * 1024
_ADDRESS = re.compile(r"(?:(tcp|tls)://)?(\[[0-9A-Fa-f:.]+\]|[^/\\:\[\]\s]+):([0-9]{1,5})/?")
_MEND = Words(
    "写成 tcp://主机:端口 或 tls://主机:端口，或调度器用 --scheduler-file 写出的文件",
    "write tcp://HOST:PORT or tls://HOST:PORT, or the file that the scheduler wrote with --scheduler-file",
)


class Address(NamedTuple):
    """A scheduler's address; as text ``tcp://10.0.0.5:8786``."""

    protocol: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.protocol}://{host}:{self.port}"


def address_of(named: str) -> Address:
    """The address that ``named`` is, or that stands in the file of this name; raises ``InputError`` where it is neither."""
    found = _address(named)
    if found is not None:
        return found
    if "://" in named or not named:
        raise refused(named, "cluster_address", "这不是调度器的地址", "this is no scheduler's address", _MEND)
    path = Path(named)
    try:
        content = contents(path, _LARGEST_SCHEDULER_FILE)
    except InputError as error:
        raise InputError([one._replace(mend=_MEND) for one in error.problems]) from None
    try:
        found = _address(json.loads(content)["address"])
    except (ValueError, KeyError, TypeError):
        found = None
    if found is None:
        raise refused(
            path, "cluster_address", "文件里没有调度器的地址", "the file holds no scheduler's address", _MEND
        )
    return found


def _address(text: str) -> Address | None:
    read = _ADDRESS.fullmatch(text)
    if read is None or not 0 < int(read[3]) < 65536:
        return None
    return Address(read[1] or "tcp", read[2].strip("[]"), int(read[3]))


def refuse_silence(address: Address, timeout: float) -> None:
    """Raise ``EnvironmentFault`` where nobody listens at ``address``: Dask would try for all of ``timeout`` (seconds)."""
    try:
        socket.create_connection((address.host, address.port), timeout).close()
    except socket.gaierror:
        why = Words(f"找不到主机 {address.host}", f"there is no host {address.host}")
    except TimeoutError:
        why = Words(f"{timeout:g} 秒内没有回音", f"there was no answer within {timeout:g} s")
    except ConnectionRefusedError:
        why = Words("那里没有程序在听", "nothing listens there")
    except (OSError, UnicodeError):
        why = Words("网络不通", "the network does not lead there")
    else:
        return
    raise no_scheduler(address, why)


def unanswered(address: Address) -> Words:
    """Why something that listens at ``address`` may give no answer that Dask understands."""
    if address.protocol == "tls":
        return Words(
            "TLS 证书不对，或那里不是用 TLS 的 Dask 调度器（见 docs/cluster.md）",
            "the TLS certificates do not fit, or no Dask scheduler with TLS is there (see docs/cluster.md)",
        )
    return Words(
        "有程序在听，但不像 Dask 调度器那样回答（要用 tls://？端口是网页的？）",
        "something listens, but does not answer as a Dask scheduler does (tls://? the port of its web page?)",
    )


def no_scheduler(address: Address, why: Words) -> EnvironmentFault:
    """The fault of finding no scheduler at ``address``, with what to look at."""
    what = Words(f"连不上 Dask 调度器 {address}：{why.zh}", f"no Dask scheduler at {address}: {why.en}")
    mend = Words(
        f"看调度器是否在运行（dask scheduler --port {address.port}），地址、端口是否写对，防火墙是否放行该端口",
        f"see whether it runs (dask scheduler --port {address.port}), whether address and port are right, and whether a firewall "
        "lets that port through",
    )
    return EnvironmentFault("no_scheduler", what, mend)
