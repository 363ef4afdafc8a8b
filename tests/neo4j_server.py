"""A real Neo4j Community server for the tests: its own home, loopback only, thrown away after.

The jars are those of tests/neo4j_jars/pom.xml, fetched by scripts/test_needs.py into .neo4j/lib.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
from pathlib import Path

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

ROOT = Path(__file__).resolve().parent.parent
LIB = ROOT / ".neo4j" / "lib"
COMPLETE = ROOT / ".neo4j" / "complete"  # written by scripts/test_needs.py when all are there
START_SECONDS = 120

# What the launcher script of a packaged Neo4j passes to Java as well.
JAVA_OPTIONS = (
    "-Xms256m",
    "-Xmx512m",
    "-XX:+UseParallelGC",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
)

# Tests are short: the second compiler costs them more than it gains.
SHORT_LIVED = "-XX:TieredStopAtLevel=1"

CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=128m
dbms.usage_report.enabled=false
"""


def missing() -> str:
    """Return what keeps a server from starting here, or nothing."""
    if shutil.which("java") is None:
        return "Java 17 or newer: run `python scripts/test_needs.py`, or install a JRE"
    if not COMPLETE.is_file():
        return "the Neo4j jars: run `python scripts/test_needs.py`, which fetches them by Maven"
    return ""


class Neo4jServer:
    """One server process on one home folder; may be killed and started again.

    ``options`` go to Java besides JAVA_OPTIONS.
    """

    def __init__(self, home: Path, *options: str) -> None:
        self.home = home
        self._options = options
        self.port = _free_port()
        self.password = secrets.token_urlsafe(12)
        self._process: subprocess.Popen[bytes] | None = None
        self._prepare()

    @property
    def url(self) -> str:
        """Return where the server listens, user and password included."""
        return f"bolt://neo4j:{self.password}@127.0.0.1:{self.port}"

    @property
    def is_running(self) -> bool:
        """Tell whether the process is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process and wait until the driver can talk to it."""
        if self.is_running:
            raise RuntimeError("the server is running already")
        folders = (f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}")
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._java("org.neo4j.server.CommunityEntryPoint", *folders),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.home,
            )
        try:
            self._wait(self._process)
        except BaseException:
            self.kill()
            raise

    def kill(self) -> None:
        """End the process at once, as ``kill -9`` does; the home stays as it was left."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _prepare(self) -> None:
        conf = self.home / "conf"
        conf.mkdir(parents=True)
        text = CONFIGURATION.format(port=self.port)
        (conf / "neo4j.conf").write_text(text, encoding="utf-8")
        subprocess.run(
            self._java("org.neo4j.cli.AdminTool", "dbms", "set-initial-password", self.password),
            env={**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(conf)},
            cwd=self.home,
            check=True,
            capture_output=True,
            timeout=START_SECONDS,
        )

    @property
    def _log(self) -> Path:
        return self.home / "console.log"

    def _java(self, entry_point: str, *arguments: str) -> list[str]:
        return [
            "java",
            *JAVA_OPTIONS,
            *self._options,
            "-cp",
            str(LIB / "*"),
            entry_point,
            *arguments,
        ]

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        auth = ("neo4j", self.password)
        while True:
            try:
                with neo4j.GraphDatabase.driver(
                    f"bolt://127.0.0.1:{self.port}", auth=auth, connection_timeout=2
                ) as driver:
                    driver.verify_connectivity()
                    return
            except (DriverError, Neo4jError) as error:
                if process.poll() is not None or time.monotonic() > deadline:
                    tail = self._log.read_text(encoding="utf-8", errors="replace")[-2000:]
                    raise RuntimeError(f"Neo4j did not start ({error}):\n{tail}") from error
            time.sleep(0.2)


def wipe(url: str) -> None:
    """Empty the database behind ``url``: nodes, relationships, constraints and indexes."""
    address, user, password = split_url(url)
    with (
        neo4j.GraphDatabase.driver(address, auth=(user, password)) as driver,
        driver.session() as session,
    ):
        session.run(
            "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
        ).consume()
        names = session.run("SHOW CONSTRAINTS YIELD name RETURN collect(name)").single(strict=True)
        for name in names[0]:
            session.run(f"DROP CONSTRAINT `{name}` IF EXISTS").consume()
        names = session.run(
            "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN collect(name)"
        ).single(strict=True)
        for name in names[0]:
            session.run(f"DROP INDEX `{name}` IF EXISTS").consume()


def split_url(url: str) -> tuple[str, str, str]:
    """Return address, user and password of a ``bolt://user:password@host:port`` URL."""
    scheme, rest = url.split("://", 1)
    login, _, host = rest.rpartition("@")
    user, _, password = login.partition(":")
    return f"{scheme}://{host}", user, password


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
