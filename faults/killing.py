"""A case that is killed, and what is wrong in its folder afterwards: nothing may be."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any, NamedTuple

from faults.cases import Case
from faults.folders import State, leftovers, shape, state, unwhole
from faults.running import Ended, Runner

# The next run may end in these two states: as if the killed one had not been there, or as if it had ended.
Following = tuple[tuple[int, State], tuple[int, State]]


class Killed(NamedTuple):
    """One run of a case: how it ended, in which phase, how its folder lay then, and each fault found."""

    ended: Ended
    phase: str
    outcome: str
    faults: tuple[str, ...]


class Laid:
    """A case whose folder was made, and which was run undisturbed: what is compared with. All of it lies in a new ``folder``."""

    def __init__(self, case: Case, runner: Runner, folder: Path) -> None:
        self.case, self.runner = case, runner
        self.base, self.work = folder / "base", folder / "work"
        self.base.mkdir(parents=True)
        case.lay(runner, self.base)
        self.before = state(self.base)
        unmade = self._followed()
        self._fresh()
        begun = time.monotonic()
        done = runner.run(case.command, self.work)
        self.seconds = time.monotonic() - begun
        assert done.code == 0, (case.name, done.err)
        self.points = done.points
        self.after = state(self.work)
        assert self.after != self.before
        assert not leftovers(self.work), leftovers(self.work)
        assert not unwhole(self.work), unwhole(self.work)
        self.following: Following = (unmade, self._then())
        self._seen: dict[str, tuple[str, ...]] = {}

    def killed(self, *, twice: dict[str, Any] | None = None, **how: Any) -> Killed:
        """Run it in a fresh folder, killed as ``how`` says (``Runner.run``), and look; then the next run, and look again.

        ``twice``: the run after it is killed, too, as that says, before the next one is left alone.
        """
        self._fresh()
        ended = self.runner.run(self.case.command, self.work, **how)
        faults = list(self._wrong(ended))
        lies = state(self.work)
        if twice is not None:
            second = self.runner.run(self.case.following, self.work, **twice)
            faults += [f"second run: {one}" for one in _traced(second)]
        faults += self._followed_wrongly(shape(self.work))
        return Killed(ended, phase(ended), self._outcome(lies), tuple(faults))

    def _fresh(self) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        # Links to the files would not do: a fault may be that one is written into.
        shutil.copytree(self.base, self.work)

    def _followed(self) -> tuple[int, State]:
        self._fresh()
        return self._then()

    def _then(self) -> tuple[int, State]:
        return self.followed_in(self.work)

    def followed_in(self, folder: Path) -> tuple[int, State]:
        """The next run in ``folder``, left alone: how it ends, and what is there then."""
        done = self.runner.run(self.case.following, folder)
        assert "Traceback" not in done.err, done.err
        return done.code, state(folder)

    def _wrong(self, ended: Ended) -> tuple[str, ...]:
        """What is wrong as soon as it is killed: a file that is neither as it was nor as it is to become."""
        faults = [*_traced(ended)]
        if not ended.is_killed and ended.code != 0:
            faults.append(f"ended with {ended.code}: {ended.err}")
        found = state(self.work)
        for name in sorted({*found, *self.before, *self.after}):
            allowed = {self.before.get(name), self.after.get(name)}
            if found.get(name) not in allowed:
                faults.append(f"{name} is neither the old nor the new one")
        return (*faults, *(f"{name} is not whole" for name in unwhole(self.work)))

    def _followed_wrongly(self, how_it_lies: str) -> tuple[str, ...]:
        if how_it_lies not in self._seen:
            self._seen[how_it_lies] = tuple(self._after_the_next())
        return self._seen[how_it_lies]

    def _after_the_next(self) -> list[str]:
        done = self.runner.run(self.case.following, self.work)
        faults = [f"next run: {one}" for one in _traced(done)]
        found = state(self.work)
        if not any(found == one for _, one in self.following):
            differing = sorted(
                name
                for name in {*found, *self.following[0][1], *self.following[1][1]}
                if not found.get(name) == self.following[0][1].get(name) == self.following[1][1].get(name)
            )
            faults.append(
                f"next run: neither as if never run nor as if ended: {', '.join(differing)}: {done.err}"
            )
        if done.code not in {code for code, _ in self.following}:
            faults.append(f"next run: ended with {done.code}: {done.err}")
        left = leftovers(self.work)
        # A run that is refused before it writes anything clears nothing up.
        if left and done.code == 0:
            faults.append(f"next run: left {', '.join(left)}")
        return faults

    def _outcome(self, lies: State) -> str:
        if lies == self.after:
            return "new"
        return "old" if lies == self.before else "between"


def _traced(ended: Ended) -> list[str]:
    if "Traceback" in ended.err or "程序出错" in ended.err:
        return [f"a traceback: {ended.err}"]
    return []


def phase(ended: Ended) -> str:
    """Where a run was when it was killed, by the last call that it made."""
    if not ended.is_killed:
        return "ended"
    if not ended.points:
        return "reading"
    renamed = any(one.startswith("os.rename") and "/ready" not in one for one in ended.points)
    if not renamed:
        return "making"
    return "clearing" if ended.points[-1].startswith(("os.remove", "os.rmdir")) else "placing"
