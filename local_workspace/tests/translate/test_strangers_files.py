"""Three CSV files that nobody has described: terse names, several dates, rows that rows point to."""

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.translate import Clarification, translate

from .conftest import answered

GARAGE = """
CREATE TABLE mechanics(mech_id INT, mech_name VARCHAR, bay VARCHAR, hired_on DATE);
INSERT INTO mechanics VALUES (1,'Ada','North','2019-02-01'),(2,'Bo','North','2022-05-01'),
  (3,'Cy','South','2023-01-09');
CREATE TABLE repair_jobs(job_no INT, job_dt DATE, mech_id INT, job_type VARCHAR, status VARCHAR,
  wait_sec INT, talk_sec INT, csat INT, quote_eur INT, disc_eur DECIMAL(8,2), lost_reason VARCHAR);
INSERT INTO repair_jobs VALUES
  (11,'2024-01-03',1,'brakes','won',60,400,5,900,10,NULL),
  (12,'2024-01-04',1,'tyres','lost',700,100,1,200,NULL,'price'),
  (13,'2024-02-05',2,'brakes','won',30,200,4,1500,5,NULL),
  (14,'2024-02-06',3,'tyres','NOSHOW',90,NULL,NULL,NULL,NULL,NULL),
  (15,'2024-03-01',1,'brakes','cancelled',10,50,NULL,300,NULL,NULL),
  (16,'2024-03-02',NULL,'tyres','won',20,60,3,800,1,NULL);
CREATE TABLE parts(part_no INT, job_no INT, part_type VARCHAR, cost_eur DECIMAL(8,2));
INSERT INTO parts VALUES (1,11,'pad',40),(2,13,'pad',60);
CREATE TABLE shifts(work_date DATE, mech_id INT, worked_hrs DECIMAL(4,1), absence VARCHAR);
INSERT INTO shifts VALUES ('2024-01-03',1,8,NULL),('2024-01-03',2,0,'sick'),
  ('2024-01-04',1,0,'sick'),('2024-01-04',2,7,NULL),('2024-01-05',3,0,'sick');
"""


@pytest.fixture(scope="module")
def garage():
    connection = duckdb.connect()
    connection.execute(GARAGE)
    tables = ["repair_jobs", "mechanics", "parts", "shifts"]
    return connection, profile_space(infer_space("garage", tables, connection), connection)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("average wait by bay", [("North", 200), ("South", 90), ("(not in mechanics)", 20)]),
        ("How many jobs waited more than 10 minutes?", [(1,)]),
        ("longest job", [(400,)]),
        ("csat by bay", [("North", 3.3333), ("South", None), ("(not in mechanics)", 3)]),
        ("cost by bay", [("North", 100)]),
        ("total quote value by mechanic", [("Ada", 1400), ("Bo", 1500), ("Cy", None),
                                           ("(not in mechanics)", 800)]),
        ("repair discount in 2024", [(16,)]),
        ("lost jobs by reason", [("price", 1)]),
        ("wins by month", [("2024-01", 1), ("2024-02", 1), ("2024-03", 1)]),
        ("cancellations in 2024", [(1,)]),
        ("no-shows by bay", [("South", 1)]),
        ("how many jobs in 2024", [(6,)]),
        ("headcount by bay", [("North", 2), ("South", 1)]),
        ("job volume by month", [("2024-01", 2), ("2024-02", 2), ("2024-03", 2)]),
        ("Which mechanics had more than 0 jobs?", [("Ada", 3), ("Bo", 1), ("Cy", 1)]),
        ("jobs per mechanic by bay",
         [("North", 2), ("South", 1), ("(not in mechanics)", None)]),
        ("mechanics hired in 2022 or later", [("Bo",), ("Cy",)]),
        ("mechanics hired in 2019 or earlier", [("Ada",)]),
        ("number of quotes above 800 by status", [("won", 2)]),
        ("sick days by bay", [("North", 2), ("South", 1)]),
    ],
)  # fmt: skip
def test_columns_are_read_by_their_names_and_values(garage, question, rows):
    assert answered(garage, question, len(rows[0])) == sorted(rows, key=str)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("brakes days by bay", "dates on which"),
        ("parts by type", "job type or part type"),
    ],
)
def test_what_could_be_either_is_asked_back(garage, question, told):
    answer = translate(question, garage[1])
    assert isinstance(answer, Clarification), answer
    assert told in answer.text
