"""The app for a WSGI server: ``gofar.wsgi:app``."""

from __future__ import annotations

from gofar.names import check_names

check_names()

from gofar.assembly import assemble  # noqa: E402 - only after the names are known to be ours
from gofar.logs import hide_locals  # noqa: E402
from gofar.settings import read_settings  # noqa: E402
from web import create_app  # noqa: E402

hide_locals()
app = create_app(assemble(read_settings()))
