"""What a Neo4j URL says: where, which database, and who. A password never leaves by a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from graph.errors import ConfigurationError

__all__ = ["Address"]

_REMEDY = (
    "Write bolt://user:password@host:7687, with %40 for @, %2F for /, %3A for : and %23 for # in "
    "the password, or give user and password by settings of their own."
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Neo4j server listens; ``database`` is '' for the server's default one."""

    uri: str
    database: str
    user: str
    password: str = field(repr=False)

    @classmethod
    def of(cls, url: str, *, user: str = "", password: str = "") -> Address:
        """Take ``scheme://user:password@host:port/database`` apart; arguments take precedence."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            # The cause may quote the password, when one of its characters ended the host early.
            raise _unreadable(url) from None
        if not parts.hostname or "@" in parts.path + parts.query + parts.fragment:
            raise _unreadable(url)
        return cls(
            uri=_without_user(parts, port),
            database=parts.path.strip("/"),
            user=user or unquote(parts.username or ""),
            password=password or unquote(parts.password or ""),
        )

    @property
    def name(self) -> str:
        """Return the address as it may be shown."""
        return f"{self.uri}/{self.database}" if self.database else self.uri


def _without_user(parts: SplitResult, port: int | None) -> str:
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    where = host if port is None else f"{host}:{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{where}{query}"


def _unreadable(url: str) -> ConfigurationError:
    scheme = url.partition("://")[0] if "://" in url else "…"
    return ConfigurationError(
        "GOFAR_STORE", f"{scheme}://…", "is not the address of a server", remedy=_REMEDY
    )
