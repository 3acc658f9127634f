"""Atheris: libFuzzer over our own code and the Python of the libraries that read for us, with mutations that know the format."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import atheris

from fuzzing.choices import seeded
from fuzzing.leg import Leg, Tally, prepared

# What is written in Python and sees the input; the rest of a library would only make it slower.
INSTRUMENTED = [
    "evaluator",
    "scorecards",
    "zipfile",
    "yaml",
    "imagehash",
    "pypdf",
    "pyhanko",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.TiffImagePlugin",
]
# A larger input is no more telling and takes longer; the bounds of sizes are tried by tests/hostile.
_LARGEST = 128 * 1024


def run(leg: Leg) -> None:
    """The leg; the process ends with it."""
    for name in [
        one for one in sys.modules if one.partition(".")[0] in ("evaluator", "zipfile", "scorecards")
    ]:
        if not name.startswith("evaluator.errors") and name != "evaluator":
            del sys.modules[name]
    with atheris.instrument_imports(include=INSTRUMENTED):
        import zipfile

        from fuzzing.targets import target

        one = target(leg.target)
        seeds = list(one.seeds())
        read = one.reader()
        # What is imported when it is first needed is needed now.
        for content in seeds:
            with suppress(Exception):
                read(content)
    assert zipfile
    from fuzzing.guard import watch

    corpus = Path(leg.folder).parent / f"corpus-{leg.target}"
    corpus.mkdir(exist_ok=True)
    for n, content in enumerate(seeds):
        (corpus / f"seed-{n}").write_bytes(content)
    tally = Tally(leg, read)
    begun = False

    def mutate(content: bytes, largest: int, number: int) -> bytes:
        nonlocal begun
        begun = True
        choices = seeded(number)
        if choices.one_in(8):
            return bytes(atheris.Mutate(content, largest))
        # What is left of a seed after many changes is refused at once: every third input begins with a sound one again.
        before = choices.pick(seeds) if choices.one_in(3) else bytes(content)
        made = one.mutated(before, choices)
        return made[:largest]

    def once(content: bytes) -> None:
        # What an earlier leg kept is read to learn what it reaches, and is not counted.
        if not begun:
            tally.warm(content)
            return
        tally.take(content)
        if tally.done:
            tally.write()
            sys.stdout.flush()
            os._exit(0)

    given = [
        "fuzz",
        str(corpus),
        f"-seed={leg.seed % 2**31 or 1}",
        f"-max_len={_LARGEST}",
        "-len_control=0",
        "-timeout=3600",
        "-rss_limit_mb=0",
        "-malloc_limit_mb=0",
        "-verbosity=0",
        "-handle_segv=0",
        "-handle_abrt=0",
        "-print_final_stats=0",
        "-use_value_profile=0",
        "-reload=0",
    ]
    atheris.Setup(given, once, custom_mutator=mutate)
    watch()
    prepared()
    atheris.Fuzz()
