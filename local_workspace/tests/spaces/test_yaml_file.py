"""Every fault of a space file names its file, line and column and says what to change."""

import pytest
from local_workspace.spaces import SpaceFileError, demo_space_files, load_space, parse_space

GOOD = """\
title: My shop
tables:
  - name: sales
    columns:
      - {name: amount, role: measure, unit: USD}
  - name: stores
joins:
  - {name: store, many: sales.store_id, one: stores.store_id}
measures:
  - {name: revenue, table: sales, sql: sum(amount)}
filters:
  - {name: big, table: sales, sql: amount > 10}
examples:
  - {question: how much, sql: select sum(amount) from sales}
"""


def faults(text):
    with pytest.raises(SpaceFileError) as caught:
        parse_space(text, "shop.yaml")
    return [str(fault) for fault in caught.value.faults]


def test_a_space_without_a_name_is_named_after_its_title():
    assert parse_space(GOOD).name == "my_shop"


@pytest.mark.parametrize(
    ("change", "to", "fault"),
    [
        ("title: My", "titel: My", "shop.yaml:1:1: 'titel' is not a key here"),
        ("role: measure", "role: metric", "shop.yaml:5:24: tables.0.columns.0.role"),
        ("table: sales, sql: sum(amount)", "table: sale, sql: sum(amount)",
         "shop.yaml:10:21: table 'sale' is not in this space (it has sales, stores)"),
        ("sql: sum(amount)", "sql: amount", "shop.yaml:10:35: must aggregate"),
        ("sql: amount > 10", "sql: sum(amount) > 10", "shop.yaml:12:31: must not aggregate"),
        ("sql: sum(amount)", "sql: sum(amount", "shop.yaml:10:35: is not valid SQL"),
        ("sql: sum(amount)", "sql: (select 1)", "must be an expression without SELECT"),
        ("select sum(amount) from sales}", "delete from sales}",
         "shop.yaml:14:26: must be one SELECT statement"),
        ("one: stores.store_id", "one: shops.id", "shop.yaml:8:41: table 'shops' is not in"),
        ("many: sales.store_id, one: stores.store_id", "many: sales.a, one: sales.b",
         "shop.yaml:8:5: joins 'sales' to 'sales' and so makes a cycle"),
        ("  - name: stores", "  - name: sales", "shop.yaml:6:5: 'sales' is named twice in tables"),
        ("{name: amount,", "{name: amount, name: other,", "shop.yaml:5:24: 'name' is written twice"),
        ("    columns:\n", "    columns:\n      - {name: Amount}\n",
         "shop.yaml:6:10: column 'amount' is listed twice in table 'sales'"),
        ("tables:", "tables: [", "shop.yaml:"),
    ],
)  # fmt: skip
def test_fault_says_where_and_what(change, to, fault):
    assert change in GOOD
    assert any(fault in found for found in faults(GOOD.replace(change, to, 1)))


def test_a_longer_cycle_is_found():
    text = GOOD.replace("joins:\n", "joins:\n  - {name: back, many: stores.x, one: sales.id}\n")
    assert any("makes a cycle" in fault for fault in faults(text))


def test_all_faults_are_told_at_once():
    text = GOOD.replace("sum(amount)}\n", "amount}\n").replace("amount > 10", "sum(amount)")
    assert len(faults(text)) == 2


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words", "title: x"])
def test_what_is_no_space_is_refused(text):
    assert faults(text)


def test_missing_binary_and_huge_files_are_told_apart(tmp_path):
    binary, huge = tmp_path / "binary.yaml", tmp_path / "huge.yaml"
    binary.write_bytes(b"\xff\xfe\x00")
    huge.write_text("# " + "x" * 1_100_000)
    for path, word in (
        (tmp_path / "none.yaml", "No such file"),
        (binary, "UTF-8"),
        (huge, "larger"),
    ):
        with pytest.raises(SpaceFileError, match=word):
            load_space(path)


@pytest.mark.parametrize("name", ["flights", "retail", "bakehouse"])
def test_demo_files_load_under_their_own_name(name):
    assert load_space(demo_space_files()[name]).name == name
