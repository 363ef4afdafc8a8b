"""Extensions of Flask: made once here, tied to an app in :func:`web.create_app`."""

from __future__ import annotations

from flask_wtf import CSRFProtect

__all__ = ["csrf"]

csrf = CSRFProtect()
