"""Hypothesis: what decides the seed, the kinds of change and their places is drawn, in rounds that forget each other."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from fuzzing.choices import taken
from fuzzing.guard import watch
from fuzzing.leg import Leg, Tally, prepared
from fuzzing.target import Target
from fuzzing.targets import target

# What hypothesis remembers of a run grows with it.
_ROUND = 1000
# Thirty-two choices; a mutation seldom asks for more.
_DRAWN = 128


def inputs_of(one: Target) -> st.SearchStrategy[bytes]:
    """The mutated seeds of a target."""
    seeds = tuple(one.seeds())

    def mutated(drawn: bytes) -> bytes:
        choices = taken(drawn)
        return one.mutated(choices.pick(seeds), choices)

    # Drawn one by one, choices would cost more than most readers, and four in ten inputs would be read twice.
    return st.binary(min_size=_DRAWN, max_size=_DRAWN).map(mutated)


def searched(
    inputs: st.SearchStrategy[bytes], take: Callable[[bytes], object], number: int, begun: int
) -> None:
    """Give ``take`` that ``number`` of inputs; the same ones for the same number in ``begun``."""

    @seed(begun)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(inputs)
    def each(content: bytes) -> None:
        take(content)

    each()


def run(leg: Leg) -> None:
    """The leg, in rounds."""
    one = target(leg.target)
    inputs = inputs_of(one)
    read = one.reader()
    watch()
    prepared()
    tally = Tally(leg, read)
    number = 0

    def take(content: bytes) -> None:
        if not tally.done:
            tally.take(content)

    while not tally.done:
        # A round begins with the same few inputs as every other: a short one would bring nothing new.
        searched(inputs, take, min(_ROUND, 100 + leg.inputs - tally.inputs), leg.seed + number)
        number += 1
    tally.write()
