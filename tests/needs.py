"""What tests need beyond Python packages, and what happens where it is missing.

On a developer's machine a test that lacks Java, Chromium or the shared data is skipped with a
reason; where ``GOFAR_REQUIRE=all`` is set (as .ci/run does) it fails instead, so that nothing
is left out unnoticed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = ROOT.parent / "shared" / "data"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def require(name: str, present: object, hint: str) -> None:
    """Go on if ``present``; else skip this test, or fail it where everything is required."""
    if present:
        return
    reason = f"{name} is missing: {hint}"
    if os.environ.get("GOFAR_REQUIRE") == "all":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def shared_data(*parts: str) -> Path:
    """Return a path in the shared data folder beside the project, requiring that it exists."""
    path = SHARED_DATA.joinpath(*parts)
    require(f"shared data {'/'.join(parts)}", path.exists(), f"expected at {path}")
    return path


def chromium() -> str:
    """Return the path of a real Chromium, requiring that there is one."""
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), "")
    require("Chromium", found, "run `python scripts/test_needs.py`, or install chromium")
    return found


def verapdf() -> list[str]:
    """Return the command that checks a PDF, requiring that Java and the jars are there."""
    home = ROOT / ".verapdf"
    hint = "run `python scripts/test_needs.py`, which fetches it by Maven"
    require("Java", shutil.which("java"), hint)
    require("veraPDF", (home / "complete").is_file(), hint)
    quick = "-XX:TieredStopAtLevel=1"  # it runs for a second or two
    return ["java", quick, "-cp", str(home / "lib" / "*"), "org.verapdf.apps.GreenfieldCliWrapper"]
