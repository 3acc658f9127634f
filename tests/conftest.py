"""What holds for every test."""

from hypothesis import settings

# A busy machine is no failure: what something costs is measured by a benchmark.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
