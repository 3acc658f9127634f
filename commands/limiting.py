"""The limits of this machine hold for every command, from before it reads anything."""

from __future__ import annotations

import sys


def keep_limits() -> None:
    """Put the limits of ``limits.yaml`` in force; raises ``InputError`` where it has faults, but not for who asks for help."""
    from evaluator.loading.settings import limits_file

    # Without such a file nothing is loaded that reads files.
    if {"-h", "--help"}.isdisjoint(sys.argv[1:]) and limits_file() is not None:
        from evaluator.limits import put_in_force
        from evaluator.loading.limits_file import stated_limits

        put_in_force(stated_limits().limits)
