"""What short parts of names stand for, as the names of a space tell it themselves."""

from __future__ import annotations

import pytest
from local_workspace.spaces.common_words import without_vowels
from local_workspace.spaces.names import label_and_unit, spoken
from local_workspace.spaces.row_names import row_name, row_names
from local_workspace.spaces.shortening import full_forms, shortens


@pytest.mark.parametrize(
    ("short", "word"),
    [("dept", "department"), ("mthd", "method"), ("brn", "branch"), ("wvr", "waiver"),
     ("vhcl", "vehicle"), ("chk", "check"), ("cr", "credit"), ("ln", "line"), ("htg", "heating")],
)  # fmt: skip
def test_short_for(short, word):
    assert shortens(short, word)


@pytest.mark.parametrize(
    ("short", "word"), [("brn", "bulletin"), ("del", "dealer"), ("cr", "car"), ("mth", "marketing")]
)
def test_not_short_for(short, word):
    assert not shortens(short, word)


def test_keys_are_of_the_rows_that_they_are_keys_of():
    told = full_forms({"branch": ["brn cd", "brn nm"], "car park": ["cp cd", "cp nm", "cp"],
                       "partner": ["part no", "partner nm"]})  # fmt: skip
    assert told == {"brn": "branch", "cp": "car park"}
    assert spoken("brn_nm", told) == "branch name"
    assert spoken("max_cp", told) == "max cp"


def test_rows_without_the_layers_of_a_warehouse():
    assert row_name("stg_hire_hdr_v2") == "hire"
    assert row_name("DimCustomer") == "customer"
    assert row_name("ord_lns") == "order line"
    assert row_name("facts") == "fact"
    two = row_names(["dim_order", "fact_order"])
    assert two == {"dim_order": "dim order", "fact_order": "fact order"}


@pytest.mark.parametrize(
    ("name", "label"),
    [("quot_nok", ("quote", "NOK")), ("run_min", ("run", "minutes")), ("temp_min", None),
     ("ppr_wt_gsm", ("paper weight", "gsm")), ("fuel_l", ("fuel", "litres")), ("qty_ord", None)],
)  # fmt: skip
def test_units_at_the_end_of_names(name, label):
    other = {"temp_min": ("temperature min", None), "qty_ord": ("quantity ordered", None)}
    assert label_and_unit(name) == (label or other[name])


def test_several_of_what_is_short():
    assert row_name("bkgs") == "booking"
    assert spoken("no_of_appts") == "no of appointments"


@pytest.mark.parametrize(
    ("short", "word"),
    [("gndr", "gender"), ("stdnt", "student"), ("hse", "house"), ("tchr", "teacher"), ("xyz", ""),
     ("tkt", "ticket"), ("prd", "period")],
)  # fmt: skip
def test_usual_words_without_their_vowels(short, word):
    assert without_vowels(short) == word


def test_orders_of_a_sales_ledger():
    assert spoken("so_no") == "sales order no"
    assert spoken("po_dt") == "purchase order date"
    assert spoken("act_dlv_dt") == "actual delivery date"
    assert row_name("so_hdr") == "sales order"
    assert row_name("dntsts", {"dntst": "dentist"}) == "dentist"


@pytest.mark.parametrize(
    ("name", "words"),
    [("lst_prc_usd", "list price usd"), ("prom_dlv_dt", "promised delivery date"),
     ("orig_hub", "origin hub"), ("orig_prc", "orig price"), ("wgt_kg", "weight kg")],
)  # fmt: skip
def test_short_forms_that_their_neighbours_tell(name, words):
    assert spoken(name) == words
