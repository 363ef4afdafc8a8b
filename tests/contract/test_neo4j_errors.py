"""No exception of the Neo4j driver leaves its store, and no password leaves by a message."""

from __future__ import annotations

import neo4j.exceptions
import pytest

from graph.errors import ConfigurationError, SchemaMismatch, StoreError, StoreUnavailable
from graph.stores import open_store
from graph.stores.neo4j.address import Address
from graph.stores.neo4j.errors import translated, translating
from graph.stores.neo4j.store import open_neo4j
from neo4j_server import split_url

DRIVER_ERRORS = [
    thing
    for thing in vars(neo4j.exceptions).values()
    if isinstance(thing, type) and issubclass(thing, Exception)
]
SECRET = "p@ss/w:rd#?%"
ENCODED = "p%40ss%2Fw%3Ard%23%3F%25"


@pytest.mark.parametrize("kind", DRIVER_ERRORS, ids=lambda kind: kind.__name__)
def test_every_driver_error_becomes_a_store_error(kind: type[Exception]) -> None:
    with pytest.raises(StoreError) as caught, translating("bolt://host"):
        raise kind.__new__(kind)
    assert type(caught.value.__cause__) is kind
    assert caught.value.remedy


def test_the_driver_says_whether_to_try_again() -> None:
    unavailable = translated("n", neo4j.exceptions.ServiceUnavailable("gone"))
    assert isinstance(unavailable, StoreUnavailable)
    assert unavailable.is_retryable
    wrong = translated("n", neo4j.exceptions.ResultError.__new__(neo4j.exceptions.ResultError))
    assert not wrong.is_retryable


def test_our_own_errors_pass_unchanged() -> None:
    with pytest.raises(SchemaMismatch), translating("bolt://host"):
        raise SchemaMismatch("bolt://host", "2", "1")


def test_a_password_in_the_url_is_percent_decoded() -> None:
    address = Address.of(f"neo4j://ada%40example.org:{ENCODED}@host:7687/network?policy=eu")
    assert (address.user, address.password) == ("ada@example.org", SECRET)
    assert (address.uri, address.database) == ("neo4j://host:7687?policy=eu", "network")


def test_arguments_go_before_the_url() -> None:
    address = Address.of("bolt://ada:one@host", user="ben", password="two")
    assert (address.user, address.password) == ("ben", "two")


@pytest.mark.parametrize(
    "url",
    [
        f"bolt://ada:{SECRET}@host:7687",
        "bolt://ada:pa/ss@host:7687",
        "bolt://ada:pa#ss@host:7687",
        "bolt://ada:pa?ss@host:7687",
        "bolt://ada:secret@host:port",
        "bolt://ada:secret@",
        "bolt:secret",
        "bolt://[secret",
    ],
)
def test_an_unreadable_address_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        open_neo4j(url)
    text = f"{refusal.value} {refusal.value.__cause__}"
    assert "secret" not in text
    assert "pa" not in text.replace("password", "")


def test_nothing_shows_a_password() -> None:
    with open_neo4j(f"bolt://ada:{ENCODED}@127.0.0.1:1") as store:
        shown = f"{store.name} {store!r} {Address.of(f'bolt://ada:{ENCODED}@host')!r}"
        with pytest.raises(StoreUnavailable) as refusal:
            store.health()
    assert SECRET not in shown + str(refusal.value)
    assert ENCODED not in shown + str(refusal.value)
    assert "running" in refusal.value.remedy


@pytest.mark.neo4j
def test_a_wrong_password_is_named_as_such(neo4j_url: str) -> None:
    address, user, _ = split_url(neo4j_url)
    with pytest.raises(StoreUnavailable, match="password") as refusal:
        open_store(address, user=user, password="not the password")
    assert "not the password" not in str(refusal.value)
    assert not refusal.value.is_retryable


@pytest.mark.neo4j
def test_a_database_of_another_program_is_left_alone(clean_neo4j: str) -> None:
    address, user, password = split_url(clean_neo4j)
    with neo4j.GraphDatabase.driver(address, auth=(user, password)) as driver:
        driver.execute_query("CREATE (:Film {title: 'Metropolis'})")
        with pytest.raises(SchemaMismatch, match="another program"):
            open_store(clean_neo4j)
        driver.execute_query("MATCH (n) DETACH DELETE n")
    open_store(clean_neo4j).close()


@pytest.mark.neo4j
def test_a_database_can_be_named(neo4j_url: str) -> None:
    with open_store(f"{neo4j_url}/neo4j") as store:
        assert store.name.endswith("/neo4j")
        assert store.health().engine.startswith("Neo4j")
    with pytest.raises(StoreError):
        open_store(f"{neo4j_url}/nowhere")
