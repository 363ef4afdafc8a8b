"""Two pages for whoever runs gofar: is the process alive, and does the store answer."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from graph.errors import StoreError
from web.security import current_door, public

__all__ = ["blueprint"]

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """Answer as long as the process does."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Say whether the store answers, and nothing about what it holds."""
    try:
        health = current_door().health()
    except StoreError:
        return jsonify(status="store unavailable"), 503
    return jsonify(status="ok", engine=health.engine, schema_version=health.schema_version)
