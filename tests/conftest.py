"""What holds for every test."""

import gc

from hypothesis import settings

# A busy machine is no failure: what something costs is measured by a benchmark.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Keep the collector from walking through eight thousand collected tests again and again: a thirteenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
