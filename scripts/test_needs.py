"""Find what the tests need beyond Python: Java, Maven, Chromium and the jars of a real Neo4j.

What is missing is installed where this may be done (as root, with apt-get) and otherwise named
in one line each. Without ``GOFAR_REQUIRE=all`` that is no failure: those tests are skipped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POM = ROOT / "tests" / "neo4j_jars" / "pom.xml"
HOME = ROOT / ".neo4j"
LIB = HOME / "lib"
COMPLETE = HOME / "complete"

# What is needed: its name, the commands any of which will do, the Debian package.
TOOLS = (
    ("Java", ("java",), "default-jre-headless"),
    ("Maven", ("mvn",), "maven"),
    (
        "Chromium",
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        "chromium",
    ),
)


def main() -> int:
    """Install or name what is missing; return the exit status."""
    packages = [package for name, _, package in missing_tools() if wanted(name)]
    if packages:
        apt_install(packages)
    missing = [tool for tool in missing_tools() if wanted(tool[0])]
    for name, _, package in missing:
        print(
            f"test needs: {name} is missing. On Debian or Ubuntu: sudo apt-get install {package}. "
            "The tests that use it are left out.",
            file=sys.stderr,
        )
    complete = fetch_jars() and not missing
    return 1 if os.environ.get("GOFAR_REQUIRE") == "all" and not complete else 0


def missing_tools() -> list[tuple[str, tuple[str, ...], str]]:
    """Return the tools of which no command is on the path."""
    return [tool for tool in TOOLS if not any(shutil.which(command) for command in tool[1])]


def wanted(name: str) -> bool:
    """Tell whether ``name`` is needed: Maven is not, once the jars are there."""
    return name != "Maven" or not jars_complete()


def apt_install(packages: list[str]) -> None:
    """Install Debian packages, if this machine has them and we may."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return
    print(f"Installing {', '.join(packages)} with apt-get ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["install", "--yes", "--no-install-recommends", *packages]
    for arguments in (["update"], install):
        result = subprocess.run(
            [apt, "-qq", *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if result.returncode:
            print(f"test needs: {last_line(result)}", file=sys.stderr)


def jars_complete() -> bool:
    """Tell whether the jars that the POM asks for have been fetched."""
    return COMPLETE.is_file() and COMPLETE.read_text(encoding="utf-8") == fingerprint()


def fingerprint() -> str:
    """Return what the fetched jars must correspond to."""
    return hashlib.sha256(POM.read_bytes()).hexdigest()


def fetch_jars() -> bool:
    """Fetch the Neo4j server with Maven, once; return whether it is there."""
    if jars_complete():
        return True
    maven = shutil.which("mvn")
    if maven is None:
        return False
    print("Fetching Neo4j for the tests with Maven (about 120 MB, once) ...", flush=True)
    shutil.rmtree(HOME, ignore_errors=True)
    command = [maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies"]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={LIB}"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        print(f"test needs: Maven could not fetch Neo4j: {last_line(result)}", file=sys.stderr)
        return False
    COMPLETE.write_text(fingerprint(), encoding="utf-8")
    return True


def last_line(result: subprocess.CompletedProcess[str]) -> str:
    """Return what a failed command said, cut to one line."""
    lines = (result.stderr.strip() or result.stdout.strip() or "no message").splitlines()
    return next((line for line in lines if "ERROR" in line), lines[-1])[:300]


if __name__ == "__main__":
    sys.exit(main())
