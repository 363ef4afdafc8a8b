"""What gofar says about itself."""

from __future__ import annotations

from flask.testing import FlaskClient
from markupsafe import escape

from matching import SIGNALS
from matching.evaluation import BASELINES


def test_every_signal_is_explained(client: FlaskClient) -> None:
    page = client.get("/about/suggestions").text
    for signal in SIGNALS:
        assert f'id="{signal.name}"' in page
        assert str(escape((signal.__doc__ or "").split("\n", maxsplit=1)[0][:40])) in page


def test_third_party_licences_are_listed(client: FlaskClient) -> None:
    page = client.get("/about").text
    assert "govuk-frontend" in page
    assert "Permission is hereby granted" in page


def test_how_good_suggestions_were_is_published_with_every_baseline(client: FlaskClient) -> None:
    page = client.get("/about/backtest").text
    assert "European Union" in page
    for baseline in BASELINES:
        assert page.count(str(escape(baseline.label))) > 3
    assert "best baseline" in page
    assert "gofar, weights not learned" in page
    assert '/about/backtest"' in client.get("/about/suggestions").text
