"""Settings: environment variables that begin with GOFAR_, read here and nowhere else."""

from __future__ import annotations

import getpass
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import ConfigurationError

__all__ = ["LOOPBACK", "Settings", "read_settings"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """Every setting with its default; `GOFAR_STORE` sets ``store``, and so on."""

    model_config = SettingsConfigDict(env_prefix="GOFAR_", extra="ignore")

    store: str = "sqlite:///gofar.db"
    """Where the network is kept: sqlite:///file.db, bolt://… or neo4j+s://…"""
    store_user: str = ""
    """User of the Neo4j store, if not in the address."""
    store_password: SecretStr = SecretStr("")
    """Password of the Neo4j store, if not in the address."""
    host: str = "127.0.0.1"
    """Address to listen on. There is no sign-in yet, so only this computer may connect."""
    port: int = Field(default=8000, ge=1, le=65535)
    """Port to listen on."""
    allow_any_host: bool = False
    """Listen on another address after all: for a container that publishes its port on loopback."""
    trusted_hosts: str = ""
    """Further names, comma-separated, under which a browser may ask for the app."""
    actor: str = Field(default_factory=getpass.getuser, min_length=1, max_length=200)
    """Who you are in the audit log: your user name on this computer, unless set."""
    secret_key_file: Path = Path("gofar.key")
    """File with the key that protects forms; made at the first start."""


def read_settings() -> Settings:
    """Return the settings; raises ConfigurationError for the first one that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors()[0]
        name = "GOFAR_" + "_".join(str(part) for part in fault["loc"]).upper()
        raise ConfigurationError(name, fault["input"], f"is wrong: {fault['msg']}") from error
