"""Top things without a measure: ranked where one number is the obvious one, else asked back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.translate import Answer, translate

Told = Callable[[str, str], tuple[str, list[Any]]]


@pytest.mark.parametrize(
    ("space", "question", "named"),
    [
        ("retail", "top 2 products in each region", "units sold or revenue"),
        ("retail", "best-selling product per store", "units sold or revenue"),
        ("haulage", "top 2 drivers", "fee or number of hauls"),
        ("fly", "top 2 airlines at each origin", "number of flights"),
    ],
)
def test_what_could_rank_is_asked_about(told: Told, space: str, question: str, named: str) -> None:
    description, rows = told(space, question)
    assert not rows
    assert named in description


def test_gifts_are_ranked_by_their_amount() -> None:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE donors(donor_id INT, donor_name VARCHAR, town VARCHAR);
        INSERT INTO donors VALUES (1,'Ann','Ayr'),(2,'Bob','Ayr'),(3,'Cid','Oban');
        CREATE TABLE gifts(gift_id INT, given_on DATE, donor_id INT, amount_gbp INT);
        INSERT INTO gifts VALUES (1,'2024-01-01',1,50),(2,'2024-01-02',2,5),(3,'2024-01-03',2,6),
          (4,'2024-01-04',3,9);
        """
    )
    space = infer_space("charity", ["donors", "gifts"], connection)
    answer = translate("top donor in each town", profile_space(space, connection))
    assert isinstance(answer, Answer)
    assert "highest by total amount within each town" in answer.description
    rows = connection.execute(answer.sql).fetchall()
    assert {(row[0], row[1]): row[2] for row in rows} == {("Ayr", "Ann"): 50, ("Oban", "Cid"): 9}
