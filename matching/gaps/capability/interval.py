"""Where a share truly lies, when only some have been asked."""

from __future__ import annotations

import math

__all__ = ["wilson"]

_TWO_SIDED_95 = 1.959963984540054


def wilson(count: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, of which ``count`` were seen among ``of``.

    Formula: (p + z²/2n ± z · √(p(1-p)/n + z²/4n²)) / (1 + z²/n) with z = 1.96. Nobody asked: 0 to
    1. Source: Wilson (1927).
    """
    if not of:
        return 0.0, 1.0
    z, share = _TWO_SIDED_95, count / of
    middle = share + z * z / (2 * of)
    around = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    scale = 1 + z * z / of
    return max(0.0, (middle - around) / scale), min(1.0, (middle + around) / scale)
