"""Find what the tests need beyond Python: Java, Maven, Chromium, a real Neo4j and veraPDF.

What is missing is installed where this may be done (as root, with apt-get) and otherwise named
in one line each. Without ``GOFAR_REQUIRE=all`` that is no failure: those tests are skipped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Jars:
    """A Java program for the tests: a POM that says which jars, and the folder that holds them."""

    name: str
    size: str
    pom: Path
    home: Path

    @property
    def lib(self) -> Path:
        """Return where the jars are."""
        return self.home / "lib"

    @property
    def complete(self) -> Path:
        """Return the file that says for which POM all jars are there."""
        return self.home / "complete"


JARS = (
    Jars("Neo4j", "120 MB", ROOT / "tests" / "neo4j_jars" / "pom.xml", ROOT / ".neo4j"),
    Jars("veraPDF", "20 MB", ROOT / "tests" / "verapdf_jars" / "pom.xml", ROOT / ".verapdf"),
)

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
    # All of them are tried, so that one message names everything that is missing.
    fetched = [fetch_jars(jars) for jars in JARS]
    complete = all(fetched) and not missing
    return 1 if os.environ.get("GOFAR_REQUIRE") == "all" and not complete else 0


def missing_tools() -> list[tuple[str, tuple[str, ...], str]]:
    """Return the tools of which no command is on the path."""
    return [tool for tool in TOOLS if not any(shutil.which(command) for command in tool[1])]


def wanted(name: str) -> bool:
    """Tell whether ``name`` is needed: Maven is not, once the jars are there."""
    return name != "Maven" or not all(map(jars_complete, JARS))


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


def jars_complete(jars: Jars) -> bool:
    """Tell whether the jars that the POM asks for have been fetched."""
    path = jars.complete
    return path.is_file() and path.read_text(encoding="utf-8") == fingerprint(jars)


def fingerprint(jars: Jars) -> str:
    """Return what the fetched jars must correspond to."""
    return hashlib.sha256(jars.pom.read_bytes()).hexdigest()


def fetch_jars(jars: Jars) -> bool:
    """Fetch the jars of a program with Maven, once; return whether they are there."""
    if jars_complete(jars):
        return True
    maven = shutil.which("mvn")
    if maven is None:
        return False
    print(f"Fetching {jars.name} for the tests with Maven ({jars.size}, once) ...", flush=True)
    shutil.rmtree(jars.home, ignore_errors=True)
    command = [maven, "-q", "-B", "-f", str(jars.pom), "dependency:copy-dependencies"]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={jars.lib}"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        print(
            f"test needs: Maven could not fetch {jars.name}: {last_line(result)}", file=sys.stderr
        )
        return False
    jars.complete.write_text(fingerprint(jars), encoding="utf-8")
    return True


def last_line(result: subprocess.CompletedProcess[str]) -> str:
    """Return what a failed command said, cut to one line."""
    lines = (result.stderr.strip() or result.stdout.strip() or "no message").splitlines()
    return next((line for line in lines if "ERROR" in line), lines[-1])[:300]


if __name__ == "__main__":
    sys.exit(main())
