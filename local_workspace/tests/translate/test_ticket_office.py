"""A described ticket office: totals of two columns, places two joins away, a flag, a time of day."""

import duckdb
import pytest
from local_workspace.spaces import parse_space, profile_space
from local_workspace.translate import Answer, Clarification, translate

from .conftest import answered

DATA = """
CREATE TABLE venues(venue_id INT, venue_name VARCHAR, city VARCHAR);
INSERT INTO venues VALUES (1,'Hall','Leeds'),(2,'Mill','York');
CREATE TABLE shows(show_id INT, title VARCHAR, venue_id INT, starts_on DATE);
INSERT INTO shows VALUES (1,'Ships',1,'2023-01-01'),(2,'Looms',2,'2023-02-01');
CREATE TABLE members(member_id INT, full_name VARCHAR, level VARCHAR, renewed BOOLEAN,
  birth_year INT);
INSERT INTO members VALUES (1,'Ann','Friend',true,1970),(2,'Bob','Friend',false,1999),(3,'Cy','Patron',true,1980);
CREATE TABLE tickets(ticket_no INT, sold_at TIMESTAMP, visit_date DATE, show_id INT, member_id INT,
  channel VARCHAR, price DECIMAL(8,2), discount DECIMAL(8,2), refunded BOOLEAN);
INSERT INTO tickets VALUES
  (1,'2023-01-02 09:10','2023-01-05',1,1,'web',10,0,false),
  (2,'2023-01-03 15:00','2023-01-05',1,NULL,'web',10,2,true),
  (3,'2023-02-01 10:30','2023-02-02',2,2,'desk',20,0,false),
  (4,'2023-02-01 16:00','2023-02-08',2,NULL,'desk',20,4,false),
  (5,'2023-02-03 11:00','2023-02-09',NULL,NULL,'web',99,0,false);
"""
SPACE = """
name: office
title: Ticket office
catalog: local
schema: office
tables:
  - name: tickets
    row: ticket
    time: visit_date
    columns:
      - {name: sold_at, role: time, label: sale time, synonyms: [sold, bought]}
      - {name: channel, role: dimension, values: {web: [online], desk: [at the desk]}}
      - {name: price, role: measure, aggregate: avg, unit: GBP, label: list price}
      - {name: discount, role: measure, aggregate: sum, unit: GBP}
  - name: shows
    row: show
    label: title
    columns: [{name: starts_on, role: time, label: opening date}]
  - name: venues
    row: venue
    label: venue_name
  - name: members
    row: member
    label: full_name
    columns:
      - {name: renewed, role: dimension, synonyms: [loyal member]}
      - {name: birth_year, role: dimension, label: year of birth}
joins:
  - {name: show, many: tickets.show_id, one: shows.show_id}
  - {name: venue, many: shows.venue_id, one: venues.venue_id}
  - {name: member, many: tickets.member_id, one: members.member_id}
measures:
  - {name: refund rate, table: tickets, sql: "count(CASE WHEN refunded THEN 1 END) / nullif(count(*), 0)",
     format: percent, additive: false}
  - {name: churn rate, table: members, sql: "count(CASE WHEN NOT renewed THEN 1 END) / nullif(count(*), 0)",
     format: percent, additive: false}
  - {name: income, table: tickets, sql: sum(price - discount), unit: GBP, synonyms: [revenue]}
"""


@pytest.fixture(scope="module")
def office():
    connection = duckdb.connect()
    connection.execute(DATA)
    return connection, profile_space(parse_space(SPACE, "office.yaml"), connection)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("income per ticket by channel", [("desk", 18), ("web", 39)]),
        ("average income per ticket", [(30.6,)]),
        ("which venue has the highest income per ticket?", [("Mill", 18)]),
        ("channels with income per ticket over 20", [("web", 39)]),
        ("which channels have an average discount per ticket above 1?", [("desk", 2)]),
        ("share of tickets sold online", [(0.6,)]),
        ("percentage of tickets sold online that were refunded", [(0.3333,)]),
        ("percentage of members who renewed", [(0.6667,)]),
        ("members born after 1975 by level", [("Friend", 1), ("Patron", 1)]),
        ("members who renewed by level", [("Friend", 1), ("Patron", 1)]),
        ("refunds by month", [("2023-01", 1)]),
        ("how many refunds in 2023?", [(1,)]),
        ("income excluding refunds by channel", [("desk", 36), ("web", 109)]),
        ("month on month growth in tickets", [("2023-01", 2, None, None), ("2023-02", 3, 2, 0.5)]),
        ("which venue has the highest income?", [("Mill", 36)]),
        ("second best venue by income", [("Hall", 18)]),
        ("tickets sold in the morning", [(3,)]),
        ("tickets from loyal members", [(1,)]),
        ("churn by level", [("Friend", 0.5), ("Patron", 0)]),
        ("refunded vs non-refunded tickets", [(0, 4), (1, 1)]),
        ("members and their income", [("Ann", 10), ("Bob", 20), ("(not in members)", 123)]),
        ("venues with income over 30", [("Mill", 36)]),
        ("venues in York with income over 30", [("Mill", 36)]),
        ("number of members and their average discount", [(2, 0)]),
        ("running income by month", [("2023-01", 18, 18), ("2023-02", 135, 153)]),
    ],
)
def test_an_office_is_answered(office, question, rows):
    assert answered(office, question, len(rows[0])) == sorted(rows, key=str)


def test_up_and_down_is_asked_of_a_period(office):
    answer = translate("did tickets go up in 2023?", office[1])
    assert isinstance(answer, Clarification), answer


def test_what_still_runs_is_no_running_total(office):
    answer = translate("shows still running", office[1])
    assert isinstance(answer, Clarification), answer


def test_a_price_per_ticket_limits_no_single_ticket(office):
    answer = translate("which channels have a revenue per ticket of more than 12?", office[1])
    assert isinstance(answer, Answer), answer
    assert "HAVING" in answer.sql and "price >" not in answer.sql
