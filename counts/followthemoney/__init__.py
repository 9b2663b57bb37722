"""The people who are shown by name as entities of FollowTheMoney, one JSON object a line.

Entities are made from the rows of the public tables and from nothing else, so they can't tell more. What stands for what, and
what is left out because no schema says it truly, is in docs/decisions/data-package.md.
"""

from .streaming import lines

__all__ = ["lines"]
