"""Decides from counts what a column is: pure, and every doubtful choice is put in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from local_workspace.own_data import shapes
from local_workspace.own_data.counts import Counts
from local_workspace.own_data.date_order import day_first_of, guess_dates
from local_workspace.own_data.decision import CELL, Guess

LONGEST_NUMBER = 18
SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "KR": "kr", "R$": "BRL"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What clear columns of a file say about its doubtful ones. None: nothing."""

    decimal_comma: bool | None
    day_first: bool | None


def evidence(columns: Sequence[Counts], delimiter: str, day_first: bool | None) -> Evidence:
    """Decimal comma and order of dates, as the whole file suggests them."""
    numbers = [one.numbers for one in columns if one.family == "number"]
    comma = any(n.comma > n.either for n in numbers)
    dot = any(n.dot > n.either for n in numbers)
    decimal_comma = comma if comma != dot else (True if delimiter == ";" and not dot else None)
    order = day_first if day_first is not None else day_first_of(columns)
    return Evidence(decimal_comma, decimal_comma or None if order is None else order)


def guess(counts: Counts, told: Evidence) -> Guess:
    """What the column is."""
    if counts.filled == 0:
        return Guess(read_as="text", check=["every cell is empty"])
    if counts.family == "boolean" and _says_yes_or_no(counts.words):
        return _boolean(counts)
    if counts.family == "date" and counts.formats:
        return guess_dates(counts, told.day_first)
    if counts.family == "number":
        return _number(counts, told)
    return _text(counts)


def _says_yes_or_no(words: frozenset[str]) -> bool:
    """One letter alone, as in a column of nothing but “N”, may mean anything."""
    paired = any(words <= set(pair) for pair in shapes.PAIRS)
    return paired and (len(words) > 1 or len(min(words)) > 1)


def _boolean(counts: Counts) -> Guess:
    truths = sorted(counts.words & set(shapes.TRUE))
    listed = ", ".join(map(shapes.text, truths))
    sql = f"lower({CELL}) IN ({listed})" if truths else "false"
    return Guess("BOOLEAN", sql, f"yes or no ({' / '.join(sorted(counts.words))})")


def _text(counts: Counts) -> Guess:
    guessed = Guess()
    if counts.na and counts.short_codes:
        guessed.check.append(
            f"“NA” was kept as a value in {counts.na:,} cells, as the others are two-letter codes"
        )
    return guessed


def _number(counts: Counts, told: Evidence) -> Guess:
    n, filled = counts.numbers, counts.filled
    by_dot, by_comma = n.whole + n.dot + n.scientific, n.whole + n.comma
    if n.whole == filled:
        return _whole(counts)
    if max(by_dot, by_comma) < filled:
        return _not_all_numbers(counts)
    if len(n.currencies) > 1:
        return _mixed_currencies(counts)
    comma = by_comma == filled
    check: list[str] = []
    if by_dot == by_comma == filled:
        comma = bool(told.decimal_comma)
        as_read = (
            "“1,234” is 1.234, “1.234” is 1234" if comma else "“1,234” is 1234, “1.234” is 1.234"
        )
        check.append(f"decimal points or thousands? Read so that {as_read}")
    return _decimal(counts, check, comma=comma)


def _whole(counts: Counts) -> Guess:
    n = counts.numbers
    if n.leading_zero:
        return Guess(read_as="text: codes with leading zeros")
    if len(n.currencies) > 1:
        return _mixed_currencies(counts)
    if n.compact_days == counts.filled:
        sql = f"CAST({shapes.moment(CELL, '%Y%m%d')} AS DATE)"
        check = ["numbers such as 20240131 were read as dates"]
        return Guess("DATE", sql, "dates written YYYYMMDD", check=check)
    if n.digits > LONGEST_NUMBER:
        return Guess(read_as="text: longer than a number may be")
    guessed = Guess("BIGINT", _value(".", "BIGINT"), "whole numbers")
    _add_unit(guessed, counts)
    return guessed


def _decimal(counts: Counts, check: list[str], *, comma: bool) -> Guess:
    n = counts.numbers
    decimals = n.comma_decimals if comma else n.dot_decimals
    exact = not n.scientific and decimals <= 6 and n.digits + decimals <= LONGEST_NUMBER
    kind = f"DECIMAL({LONGEST_NUMBER},{decimals})" if exact else "DOUBLE"
    if exact and decimals == 0:
        kind = "BIGINT"
    sql = _value("," if comma else ".", kind)
    if n.scientific:
        sql = (
            f"CASE WHEN {shapes.is_scientific(CELL)} THEN TRY_CAST({CELL} AS DOUBLE) ELSE {sql} END"
        )
    guessed = Guess(kind, sql, f"numbers with a decimal {'comma' if comma else 'point'}")
    guessed.check += check
    _add_unit(guessed, counts)
    return guessed


def _value(decimal: str, kind: str) -> str:
    value = f"TRY_CAST({shapes.digits(CELL, decimal)} AS {kind})"
    return f"CASE WHEN {shapes.negative(CELL)} THEN -{value} ELSE {value} END"


def _add_unit(guessed: Guess, counts: Counts) -> None:
    n = counts.numbers
    if n.percent:
        guessed.unit = "%"
        guessed.read_as += "; 12 % is stored as 12"
        if n.percent < counts.filled:
            missing = counts.filled - n.percent
            guessed.check.append(f"{missing:,} of {counts.filled:,} cells have no percent sign")
    for sign, times in n.currencies.items():
        guessed.unit = SYMBOLS.get(sign, sign)
        guessed.read_as += f" in {guessed.unit}"
        if sign in {"$", "KR", "¥"}:
            guessed.check.append(f"“{sign.lower()}” was taken as {guessed.unit}")
        if times < counts.filled:
            missing = counts.filled - times
            guessed.check.append(f"{missing:,} of {counts.filled:,} cells name no currency")


def _mixed_currencies(counts: Counts) -> Guess:
    said = ", ".join(f"{sign} ({n:,})" for sign, n in counts.numbers.currencies.items())
    return Guess(
        read_as="text: several currencies",
        check=[f"several currencies: {said}. It stays text; put the currency in its own column"],
    )


def _not_all_numbers(counts: Counts) -> Guess:
    n = counts.numbers
    if n.whole + n.dot + n.comma - n.either + n.scientific == counts.filled:
        return Guess(
            read_as="text: decimal points and commas mixed",
            check=["decimal points and decimal commas are mixed. It stays text; use one of them"],
        )
    number = f"{shapes.WHOLE}|{shapes.DOT}|{shapes.COMMA}"
    fits = f"({shapes.looks_like(CELL, number)} OR {shapes.is_scientific(CELL)})"
    return Guess(read_as="text: not all cells are numbers", almost="numbers", almost_sql=fits)
