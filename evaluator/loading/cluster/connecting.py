"""Dask's client: imported where it is asked for, connected to a scheduler that is one, and quiet."""

from __future__ import annotations

import asyncio
import importlib
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from evaluator.errors import EnvironmentFault, Words
from evaluator.loading.cluster.address import Address, no_scheduler, refuse_silence, unanswered


def distributed() -> Any:
    """Dask's module; raises ``EnvironmentFault`` where it is not installed."""
    try:
        return importlib.import_module("distributed")
    except ImportError:
        raise EnvironmentFault(
            "no_distributed",
            Words(
                "没有装 Dask distributed，用不了集群",
                "Dask distributed is not installed, so there is no cluster",
            ),
            Words("运行 pip install 'duibiao[cluster]'", "run pip install 'duibiao[cluster]'"),
        ) from None


def connected(address: Address, timeout: float) -> Any:
    """A client of the scheduler at ``address``; raises ``EnvironmentFault`` where none answers within ``timeout`` seconds."""
    refuse_silence(address, timeout)
    dask = distributed()
    try:
        kind = asyncio.run(asyncio.wait_for(_kind_of(address), timeout))
        if kind == "Scheduler":
            with warnings.catch_warnings():
                # Unlike versions are refused in our own words.
                warnings.simplefilter("ignore")
                return dask.Client(str(address), timeout=timeout, set_as_default=False)
    except Exception as error:
        raise no_scheduler(address, unanswered(address)) from error
    raise no_scheduler(address, Words(f"那里是 Dask {kind}", f"a Dask {kind} is there"))


async def _kind_of(address: Address) -> str:
    """What of Dask answers at ``address``: its client would wait for ever for who says nothing."""
    dask = distributed()
    secured = dask.Security().get_connection_args("client")
    comm = await dask.core.connect(str(address), **secured)
    try:
        await comm.write({"op": "identity", "reply": True})
        return str((await comm.read())["type"])
    finally:
        comm.abort()


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing that Dask logs: what matters of it is said in our own words."""
    names = [name for name in logging.Logger.manager.loggerDict if name.split(".")[0] == "distributed"]
    before = {name: logging.getLogger(name).level for name in ("distributed", *names)}
    for name in before:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)
