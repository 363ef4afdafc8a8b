"""What gofar says about itself."""

from __future__ import annotations

from flask.testing import FlaskClient
from markupsafe import escape

from matching import SIGNALS


def test_every_signal_is_explained(client: FlaskClient) -> None:
    page = client.get("/about/suggestions").text
    for signal in SIGNALS:
        assert f'id="{signal.name}"' in page
        assert str(escape((signal.__doc__ or "").split("\n", maxsplit=1)[0][:40])) in page


def test_third_party_licences_are_listed(client: FlaskClient) -> None:
    page = client.get("/about").text
    assert "govuk-frontend" in page
    assert "Permission is hereby granted" in page
