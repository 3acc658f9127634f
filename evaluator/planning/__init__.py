"""The action plan: what a subject can still do, what it would win, and the fewest actions that reach a grade. Pure.

- ``world``: the submission at the end of its period, judged by the engine, and judged again under changes.
- ``actions``: what can still be done; one action is one piece of work on one evidence item.
- ``solving``: the fewest actions that reach the grade, exact where that is tractable.
- ``plan``: the path, what can be done beside it, what is lost for good, what waits for somebody else.
- ``account``: the plan as JSON, in words. ``rectification``: what a list that came back has closed.
"""
