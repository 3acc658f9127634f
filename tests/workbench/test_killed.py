"""``kill -9`` while people type: whatever was acknowledged is there afterwards, and the audit log is whole."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from benchmarks.serving import Load, lost, prepare, running
from workbench.settings import Settings


def test_nothing_that_was_acknowledged_is_lost(tmp_path: Path):
    """Killed under a dozen people; a longer run: ``python -m benchmarks.serving --kills 20``."""
    settings = Settings(tmp_path)
    port = 19_700 + os.getpid() % 1000
    load = Load(port, prepare(settings, 12), every=0.05)

    async def typed_until_killed() -> None:
        typing = asyncio.create_task(load.run(3600))
        while len(load.saved) < 100:
            await asyncio.sleep(0.02)
            assert not typing.done()
        process.kill()
        load.stopping = True
        await typing

    with running(tmp_path, port, None) as process:
        asyncio.run(typed_until_killed())
    assert len(load.saved) >= 100
    assert lost(settings, load.saved) == []
