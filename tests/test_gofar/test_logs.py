"""What a log may not hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog

from gofar.logs import hide_locals


@pytest.fixture
def _as_it_was() -> Iterator[None]:
    renderer = structlog.dev.ConsoleRenderer.get_active()
    usual = renderer.exception_formatter
    yield
    renderer.exception_formatter = usual


@pytest.mark.usefixtures("_as_it_was")
def test_a_traceback_tells_where_and_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    def log_in(word: str) -> None:
        try:
            raise LookupError(str(len(word)))
        except LookupError as error:
            structlog.get_logger().exception("failed", exc_info=error)

    hide_locals()
    log_in("open" + "sesame")
    logged = capsys.readouterr().out
    assert "LookupError: 10" in logged
    assert "log_in" in logged
    assert "opensesame" not in logged
