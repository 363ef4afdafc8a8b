"""How the log reads."""

from __future__ import annotations

import structlog

__all__ = ["hide_locals"]


def hide_locals() -> None:
    """Print tracebacks without the values of variables.

    They would bring the password of the mail server, the key of the forms and facts that nobody
    may see into a file that is kept and passed on.
    """
    renderer = structlog.dev.ConsoleRenderer.get_active()
    renderer.exception_formatter = structlog.dev.plain_traceback
