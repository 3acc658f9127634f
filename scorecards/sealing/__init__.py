"""Electronic seals on issued scorecards: put on as one incremental update, and checked offline.

What reaches files, programs or the network is handed in (``evaluator.loading`` has it); the clock is an argument.
"""

from scorecards.sealing.errors import NotSealed

__all__ = ["NotSealed"]
