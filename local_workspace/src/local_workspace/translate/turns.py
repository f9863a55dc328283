"""Turns of phrase that add nothing to what the words beside them say.

"Visits that fall on a Saturday" are visits on a Saturday, "the fee we charged" is the fee, "an 18
certificate" is the certificate 18.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from local_workspace.spaces.names import singular
from local_workspace.translate.chunks import Chunk
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo

_FALLING = frozenset({"fall", "falls", "fell", "falling", "fallen"})
_ON = ("on", "in", "within", "during")
_CHARGED = frozenset({"charge", "charges", "charged"})
_CHARGES = frozenset({"price", "fee", "fees", "fare", "rent", "premium", "rate"})
_COMBINATIONS = frozenset({"combination", "combinations", "combo", "combos", "pair", "pairs"})


def without_turns(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The chunks without words that only turn the phrase."""
    words: list[Chunk] = []
    for at, chunk in enumerate(found):
        if _falls(found, at) or _charged(found, at, catalog) or _combined(found, at):
            continue
        if _whose(found, at, catalog) or _lies(found, at):
            words = words[:-1] if words and words[-1].key("from") else words
            continue
        if _under(found, at):
            continue
        told = _theirs(found, at, catalog) or _numbered(found, at, catalog)
        words.append(told or _denied(found, at, catalog) or chunk)
    return _two_numbers(words, catalog)


def _falls(found: list[Chunk], at: int) -> bool:
    """ "what share of visits falls on a Saturday", but not "sales fell in May"."""
    led = found[at + 1 : at + 2]
    if found[at].text.lower() not in _FALLING or not led or led[0].text.lower() not in _ON:
        return False
    dated = found[at + 2 : at + 3] and found[at + 2].kind == "date"
    asked = any(c.key("share") or c.text.lower() == "how many" for c in found[:at])
    clause = at > 0 and found[at - 1].text.lower() in ("that", "which")
    return bool(dated) and (asked or clause)


def _under(found: list[Chunk], at: int) -> bool:
    """ "calls under the Maltese flag": no number follows, so that nothing is compared."""
    said = found[at].key("cmp") and found[at].text.lower() == "under"
    return said and at + 1 < len(found) and _held(found[at + 1])


def _lies(found: list[Chunk], at: int) -> bool:
    """ "what share of visits fall in the evening peak": which part it is, and no growth."""
    if not found[at].key("growth") or found[at].text.lower() != "fall in":
        return False
    told = found[at + 1 : at + 2]
    part = told and (told[0].kind == "date" or _held(told[0]))
    return bool(part) and any(c.key("share") for c in found[:at])


def _whose(found: list[Chunk], at: int, catalog: Catalog) -> bool:
    """ "buyers in the United States" of the buyer country: whose it is, the value says."""
    after = at + 1
    while after < len(found) and found[after].key("in", "from"):
        after += 1
    if found[at].kind != "unknown" or after == at + 1 or after >= len(found):
        return False
    return bool(_of_whom(found[at], found[after], catalog))


def _of_whom(whom: Chunk, value: Chunk, catalog: Catalog) -> tuple[Sense, ...]:
    """The senses of the value in columns that begin with the word: "buyer country"."""
    word = singular(whom.text.lower())
    return tuple(
        s
        for s in value.senses
        if s.kind == "value"
        and catalog.column(s.table, s.name).label.lower().split()[0] == word
        and " " in catalog.column(s.table, s.name).label
    )


def _theirs(found: list[Chunk], at: int, catalog: Catalog) -> Chunk | None:
    """The value of those whom the words before it name."""
    before = at - 1
    while before >= 0 and found[before].key("in", "from"):
        before -= 1
    if before < 0 or before == at - 1 or not _whose(found, before, catalog):
        return None
    return replace(found[at], senses=_of_whom(found[before], found[at], catalog))


def _held(chunk: Chunk) -> bool:
    return bool(chunk.senses) and all(s.kind in ("value", "filter") for s in chunk.senses)


def _charged(found: list[Chunk], at: int, catalog: Catalog) -> bool:
    """ "the highest fee we ever charged": every fee is."""
    if found[at].kind != "unknown" or found[at].text.lower() not in _CHARGED or not at:
        return False
    columns = _columns(found[at - 1], catalog)
    names = [set(" ".join((c.label, *c.synonyms)).lower().split()) for c in columns]
    measured = all(column.role == "measure" for column in columns)
    return bool(columns) and measured and all(words & _CHARGES for words in names)


def _combined(found: list[Chunk], at: int) -> bool:
    """ "flights by airline and month, top 10 combinations": each row is one."""
    said = found[at].kind == "unknown" and found[at].text.lower() in _COMBINATIONS
    return said and at > 1 and found[at - 1].kind == "number" and found[at - 2].key("super")


def _numbered(found: list[Chunk], at: int, catalog: Catalog) -> Chunk | None:
    """ "an 18 certificate", "zone 3": a number that a column of words holds."""
    chunk = found[at]
    if chunk.kind != "number":
        return None
    for beside in (found[at + 1 : at + 2], found[max(at - 1, 0) : at]):
        joined = beside and (beside[0].start == chunk.end or beside[0].end == chunk.start)
        columns = _columns(beside[0], catalog) if joined else []
        held = [c for c in columns if c.family == "text" and chunk.text in c.values]
        if held and len(held) == len(columns):
            senses = tuple(Sense("value", c.table, c.name, chunk.text) for c in held)
            return replace(chunk, kind="sense", senses=senses)
    return None


def _denied(found: list[Chunk], at: int, catalog: Catalog) -> Chunk | None:
    """ "excluding refunds": after a denial, the word for a number of rows says which they are."""
    before, chunk = found[max(at - 1, 0)], found[at]
    counts = [s for s in chunk.senses if s.kind == "measure"]
    if not before.key("not") or not at or len(counts) != 1 or len(chunk.senses) != 1:
        return None
    counted = catalog.measure(counts[0].name)
    inside = counted.template.partition("(")[2].rpartition(")")[0]
    told = tuple(
        Sense("filter", item.table, item.name)
        for item in catalog.filters
        if item.table == counted.table and item.template == inside
    )
    return replace(chunk, senses=told) if told else None


def _two_numbers(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """ "1 or 2 stars": of whole numbers that follow each other, from the one to the other."""
    for at in range(len(found) - 3):
        low, joined, high, named = found[at : at + 4]
        columns = _columns(named, catalog)
        whole = columns and all(c.family == "integer" for c in columns)
        if low.kind != high.kind or low.kind != "number" or joined.text.lower() != "or":
            continue
        if not whole or high.number != low.number + 1 or low.number != int(low.number):
            continue
        rest = found[at + 4 :]
        again = bool(rest) and _columns(rest[0], catalog) == columns
        told = replace(named, name="row", plural=True)
        limits = [_key("between", "between"), low, _key("and", "and"), high]
        return [*found[:at], told, *limits, *(rest[1:] if again else rest)]
    return found


def _key(name: str, text: str) -> Chunk:
    return Chunk("key", text, -1, -1, name=name, value=text)


def _columns(chunk: Chunk, catalog: Catalog) -> list[ColumnInfo]:
    return [catalog.column(s.table, s.name) for s in chunk.senses if s.kind == "column"]
