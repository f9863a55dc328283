from __future__ import annotations

import copy
import pickle

import pytest
from aislides_runtime.settings import Secret
from pydantic import BaseModel, ValidationError

VALUE = "dapi-very-secret"


class Holder(BaseModel):
    token: Secret


def test_no_printed_or_stored_form_shows_the_value() -> None:
    secret = Secret(VALUE)
    holder = Holder(token=secret)
    forms = [
        repr(secret),
        str(secret),
        f"{secret:>20}",
        "%s" % secret,  # noqa: UP031 - this form too
        repr(holder),
        holder.model_dump_json(),
        str(holder.model_dump()),
        pickle.dumps(secret).decode("latin-1"),
        pickle.dumps(holder).decode("latin-1"),
    ]
    assert [form for form in forms if VALUE in form] == []
    assert not hasattr(secret, "__dict__")


def test_reveal_gives_the_value_and_copies_keep_it() -> None:
    assert Secret(VALUE).reveal() == VALUE
    assert copy.deepcopy(Secret(VALUE)).reveal() == VALUE
    assert copy.copy(Secret(VALUE)).reveal() == VALUE


def test_secrets_compare_by_value_only_with_secrets() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1


def test_a_field_strips_white_space_and_refuses_nothing() -> None:
    assert Holder.model_validate({"token": " x\n"}).token.reveal() == "x"
    for bad in ("", "  ", 5, None):
        with pytest.raises(ValidationError):
            Holder.model_validate({"token": bad})
