"""What holds for every test."""

import gc

from hypothesis import settings

# A busy machine is no failure: what something costs is measured by a benchmark.
# Forty examples where a test states no number of its own: script/test ends within ten minutes.
settings.register_profile("untimed", deadline=None, max_examples=40)
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Keep the collector from walking through eight thousand collected tests again and again: a thirteenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
