"""Compiling functions to machine code: once a machine, kept beside the module or in its cache."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

__all__ = ["compiled"]

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Return the function compiled on first call; it runs without holding up other threads."""
    return cast(F, numba.njit(cache=True, nogil=True)(function))
