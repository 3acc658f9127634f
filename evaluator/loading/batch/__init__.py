"""Tens of thousands of submissions under one ruleset: judged piece by piece, kept as they are done, put together at the end.

- ``sources``: where submissions come from, in pieces that a worker reads by itself.
- ``asking``: everything that decides what a submission comes to beside its own content.
- ``judging``: one piece → a part of the results (in a worker).
- ``parts``, ``store``: the parts on the disk, and which of them still hold.
- ``reviews``: which reviews are of whom.
- ``merging``, ``cards``: parts → the files that are handed over.
- ``running``: the order of all that.
"""
