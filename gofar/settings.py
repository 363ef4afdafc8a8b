"""Settings: environment variables that begin with GOFAR_, read here and nowhere else."""

from __future__ import annotations

import getpass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.errors import ConfigurationError, InputError
from reports.addresses import checked_address
from reports.delivery import Security

__all__ = ["LOOPBACK", "Settings", "Worker", "read_settings"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Worker(StrEnum):
    """Where the work is done that nobody waits for."""

    APP = "app"
    OFF = "off"


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
    worker: Worker = Worker.APP
    """Where scheduled reports are made and e-mails sent: app, beside the pages; or off, where
    `gofar worker` or `gofar reports run-due` does it."""
    base_url: str = ""
    """Address under which people reach the app, for links in e-mails: https://gofar.example.org"""
    smtp_host: str = ""
    """Mail server that sends the e-mails. Without one they are written into GOFAR_MAIL_FOLDER."""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    """Port of the mail server: 587 for starttls, 465 for tls."""
    smtp_security: Security = Security.STARTTLS
    """How the way to the mail server is protected: starttls, tls, or none."""
    smtp_user: str = ""
    """User at the mail server, if it asks for one."""
    smtp_password: SecretStr = SecretStr("")
    """Password at the mail server."""
    smtp_from: str = ""
    """Address that the e-mails come from; needed with a mail server."""
    mail_folder: Path = Path("gofar-mail")
    """Folder for e-mails where no mail server is set: one .eml file each."""

    @field_validator("base_url")
    @classmethod
    def _check_base_url(cls, given: str) -> str:
        if given:
            parts = urlsplit(given)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise ValueError("it has to be an address such as https://gofar.example.org")
            if parts.query or parts.fragment or parts.username:
                raise ValueError("it has to be an address without ?, # and @")
        return given.rstrip("/")

    @field_validator("smtp_from")
    @classmethod
    def _check_sender(cls, given: str) -> str:
        try:
            return checked_address(given) if given else ""
        except InputError as error:
            raise ValueError(error.message) from error


def read_settings() -> Settings:
    """Return the settings; raises ConfigurationError for the first one that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors()[0]
        name = "GOFAR_" + "_".join(str(part) for part in fault["loc"]).upper()
        raise ConfigurationError(name, fault["input"], f"is wrong: {fault['msg']}") from error
