from __future__ import annotations

import re

import pytest
from aislides_runtime.request_ids import accept_request_id


@pytest.mark.parametrize("offered", ["a", "A-1_b.c", "x" * 64])
def test_a_well_formed_id_is_kept(offered: str) -> None:
    assert accept_request_id(offered) == offered


@pytest.mark.parametrize("offered", [None, "", "x" * 65, "a b", "a\n", "ä", b"abc", 'a"'])
def test_any_other_id_is_replaced(offered: str | bytes | None) -> None:
    assert re.fullmatch("[0-9a-f]{32}", accept_request_id(offered))
