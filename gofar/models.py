"""The learned model in the store: kept beside the network, read back for a suggestion."""

from __future__ import annotations

from datetime import date

from pydantic import ValidationError

from gofar.options import opened
from graph.contract import GraphStore
from graph.errors import StoreCorrupt
from graph.model import LearnedModel
from matching.learning import PairModel, model_from_json, model_to_json

__all__ = ["forget_model", "keep_model", "known_model", "read_model"]

_ID = "pair-model"


def keep_model(store: GraphStore, model: PairModel, *, actor: str, on: date) -> None:
    """Keep a model in place of the one before."""
    with store.transaction(actor) as transaction:
        transaction.upsert(
            LearnedModel(
                id=_ID,
                data_hash=model.card.data_hash,
                learned_by=actor,
                learned_on=on,
                content=model_to_json(model),
            )
        )


def known_model(store: GraphStore) -> PairModel | None:
    """Return the model, or None; raises ModelMismatch for one of another version of gofar."""
    record = store.record(LearnedModel, _ID)
    if record is None:
        return None
    try:
        return model_from_json(record.content)
    except ValidationError as error:
        raise StoreCorrupt(
            f"{store.name}: the learned model can't be read.", remedy="Learn it again: gofar train."
        ) from error


def read_model(store_url: str | None) -> PairModel | None:
    """Return the model of the chosen store, or None."""
    with opened(store_url) as store:
        return known_model(store)


def forget_model(store: GraphStore, actor: str) -> bool:
    """Drop the model; say whether there was one."""
    if store.record(LearnedModel, _ID) is None:
        return False
    with store.transaction(actor) as transaction:
        transaction.delete(LearnedModel.kind, [_ID])
    return True
