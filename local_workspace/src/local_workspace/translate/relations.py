"""Verbs that only tie two things the data know: passengers are carried, classes are held.

"Passengers carried by month" are the passengers by month, "which teacher took the most classes"
asks for the teacher with the most classes. Such a verb goes where it stands between known words. A
verb that can name a state or an event of its own (returned, cancelled, paid, sold) never does.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from local_workspace.translate.forms import family, is_participle, regular
from local_workspace.translate.senses import Sense

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk

_WORDS = yaml.safe_load((Path(__file__).parent / "verbs.yaml").read_text(encoding="utf-8"))
_RELATIONAL: dict[str, list[str]] = _WORDS["relational"]
_AFTER_A_MEASURE = frozenset[str](_WORDS["after_a_measure"])
_PASSIVE = frozenset[str](_WORDS["passive"])
_TAKES_PLACE = frozenset[str](_WORDS["takes_place"])
_EVENTFUL = frozenset[str](_WORDS["eventful"])
_NOT_SO = frozenset(
    {"cancelled", "canceled", "cancellation", "cxl", "no show", "noshow", "no-show", "abandoned"}
    | {"void", "voided", "aborted", "postponed", "missed", "called off", "withdrawn", "scratched"}
)
_DID = frozenset({"did", "do", "does", "to", "can", "could", "we", "they", "you", "i", "that"})
_BEING = frozenset({"is", "are", "was", "were", "been", "being", "we", "be", "they"})
_DETERMINERS = frozenset({"a", "an", "the", "our", "my", "this", "each", "every", "of", "per"})
_TAKEN = frozenset({"take", "takes", "took", "taken", "taking", "bring", "brings", "brought"})
_PARTICLES = frozenset({"out", "up", "through", "over"})
_FORMS = ("base", "s", "done", "ing")


def without_relations(found: list[Chunk], catalog: Catalog) -> list[Chunk]:
    """The chunks without such verbs, and with whoever does it in place of "who does it".

    The words that go, and the filler before them, stand among those before the next chunk: "is" and
    "were" still tell what is said of the rows.
    """
    words: list[Chunk] = []
    agents = _agents(catalog)
    passed: tuple[str, ...] = ()
    dropped = False
    meant: tuple[Sense, ...] = ()
    for at, chunk in enumerate(found):
        word = chunk.text.lower()
        free = chunk.kind == "unknown"
        if meant and not chunk.key("by", "in", "with", "from"):
            words.append(replace(chunk, senses=meant, skipped=(*passed, *chunk.skipped)))
            meant, passed, dropped = (), (), False
            continue
        if meant or (free and _carried_home(chunk, word, dropped)):
            continue
        if (dropped or _done(chunk)) and _by_someone(found, at):
            passed = (*passed, *chunk.skipped)
            continue
        told = _verb(word) if free else None
        kin = agents.get(word) if free else None
        fits = (told or kin) and _fits(found, at, told or _kin_form(word), words)
        meant = _of_the_value(found, at, catalog) if free else ()
        asked = bool(kin and fits and _asks_who(words))
        ties = (
            fits
            and not asked
            and (kin or _ties(told[0] if told else "", found, at, words, catalog))
        )
        dropped = bool(meant or ties)
        if dropped:
            passed = (*passed, *chunk.skipped, word)
            continue
        kept = replace(chunk, skipped=(*passed, *chunk.skipped)) if passed else chunk
        if asked and kin:
            kept = replace(kept, kind="sense", senses=kin, plural=False)
        words.append(kept)
        passed = ()
    return words


def _done(chunk: Chunk) -> bool:
    """ "made by the Northern Star": a word of doing that is filler elsewhere."""
    told = _verb(chunk.skipped[-1]) if chunk.skipped else None
    return told is not None and told[1] == "done" and chunk.text.lower() == "by the"


def _carried_home(chunk: Chunk, word: str, dropped: bool) -> bool:
    """ "carried out", "took home": what belongs to the verb."""
    home = word == "home" and bool(set(chunk.skipped[-1:]) & _TAKEN)
    return home or (dropped and word in _PARTICLES and not chunk.skipped)


def _of_the_value(found: list[Chunk], at: int, catalog: Catalog) -> tuple[Sense, ...]:
    """ "booked by app" of the booking channel: the verb is in the name of what holds the value.

    The senses of that value that are meant: an app may take payments too.
    """
    place = at + 1
    while place < len(found) and found[place].key("by", "in", "with", "from"):
        place += 1
    word = found[at].text.lower()
    if place >= len(found) or place > at + 2 or not is_participle(word):
        return ()
    kin = {word, *family(word)}
    values = [s for s in found[place].senses if s.kind == "value"]
    return tuple(
        s for s in values if kin & set(catalog.column(s.table, s.name).label.lower().split())
    )


def _by_someone(found: list[Chunk], at: int) -> bool:
    """ "run by the Celtic Queen": after such a verb, the value behind "by" is whoever did it."""
    chunk, after = found[at], found[at + 1 : at + 2]
    said = chunk.key("by") and chunk.text.lower() in ("by", "by the")
    return said and bool(after) and all(s.kind == "value" for s in after[0].senses or (_NO_VALUE,))


_NO_VALUE = Sense("table", "")


@lru_cache(maxsize=1)
def _verbs() -> dict[str, tuple[str, str]]:
    """Each form of the verbs: its base and what form it is."""
    found: dict[str, tuple[str, str]] = {}
    for base in _RELATIONAL:
        for kind, form in zip(_FORMS, _regular(base), strict=True):
            found.setdefault(form, (base, kind))
    for base, others in _RELATIONAL.items():
        for form in others:
            found[form] = (base, "ing" if form.endswith("ing") else "done")
    return found


def _regular(base: str) -> tuple[str, str, str, str]:
    plain, done, ing, many = regular(base) or (base, base, base + "ing", base + "es")
    return plain, many, done, ing


def _verb(word: str) -> tuple[str, str] | None:
    return _verbs().get(word)


def _kin_form(word: str) -> tuple[str, str]:
    if word.endswith("ing"):
        return "", "ing"
    if word.endswith("ed"):
        return "", "done"
    return "", "s" if word.endswith("s") else "base"


def _fits(found: list[Chunk], at: int, told: tuple[str, str], words: list[Chunk]) -> bool:
    """Whether the word stands where its form makes it a verb between known words."""
    chunk, kind = found[at], told[1]
    before = words[-1] if words else None
    after = found[at + 1] if at + 1 < len(found) else None
    led = set(chunk.skipped[-1:])
    if led & _DETERMINERS:
        return False
    known = before is not None and (
        before.kind in ("sense", "grain", "unit", "date", "number") or before.key("which", "with")
    )
    if kind == "done":
        return known
    if kind == "ing":
        return known or bool(set(chunk.skipped) & _BEING)
    if kind == "s":
        starts = after is not None and (
            after.key("super", "count", "agg", "cmp", "share", "in", "from", "to")
            or after.kind in ("sense", "number")
        )
        return known and starts and before is not None and not before.plural
    asked = {w for c in found[max(at - 4, 0) : at + 1] for w in c.skipped} & _DID
    many = before is not None and (before.plural or before.key("which")) and after is not None
    return bool(asked) or (known and many)


def _asks_who(words: list[Chunk]) -> bool:
    return bool(words) and words[-1].key("which") and words[-1].text.lower() == "who"


def _ties(base: str, found: list[Chunk], at: int, words: list[Chunk], catalog: Catalog) -> bool:
    """Whether the verb can only tie what stands beside it here."""
    if not words:
        return base not in _AFTER_A_MEASURE
    before = words[-1]
    after = found[at + 1] if at + 1 < len(found) else None
    if after is not None and after.key("cmp"):
        return _of_something(found[at + 2 : at + 4], catalog)
    if base in _PASSIVE and after is not None and any(s.kind == "table" for s in after.senses):
        return False
    if base in _AFTER_A_MEASURE:
        return _measures(before, catalog)
    if base in _TAKES_PLACE and _rows_that_may_fail(before, catalog):
        return after is not None and _by_someone(found, at + 1)
    return True


def _of_something(limit: list[Chunk], catalog: Catalog) -> bool:
    """ "carrying over 500 passengers", but not "films scoring below 4": that the verb measures."""
    if len(limit) < 2 or limit[0].kind != "number":
        return False
    return _measures(limit[1], catalog) or any(s.kind == "table" for s in limit[1].senses)


def _measures(chunk: Chunk, catalog: Catalog) -> bool:
    return any(
        s.kind == "measure"
        or (s.kind == "column" and catalog.column(s.table, s.name).role == "measure")
        for s in chunk.senses
    )


def _rows_that_may_fail(chunk: Chunk, catalog: Catalog) -> bool:
    """ "sailings operated", where some were cancelled: those that took place may be meant."""
    for sense in chunk.senses:
        if sense.kind != "table":
            continue
        for column in catalog.tables[sense.table].columns.values():
            words = {column.label.lower(), *column.label.lower().split()}
            words |= {value.lower() for value in column.values} if column.distinct <= 25 else set()
            if words & _NOT_SO:
                return True
    return False


@lru_cache(maxsize=64)
def _agents(catalog: Catalog) -> dict[str, tuple[Sense, ...]]:
    """Forms of verbs to what the data call whoever does it: "consigned" of a consignor."""
    found: dict[str, tuple[Sense, ...]] = {}
    for table in catalog.tables.values():
        sense = Sense("table", table.name)
        for noun in (table.row, *table.synonyms):
            found.update(dict.fromkeys(_deeds(noun), (sense,)))
        for column in table.columns.values():
            if column.role in ("dimension", "id") and column.family != "bool":
                named = (Sense("column", table.name, column.name),)
                nouns = (column.label, *column.synonyms)
                for noun in nouns:
                    head = noun.lower().removesuffix(" name").removesuffix(" id")
                    for form in _deeds(head):
                        found.setdefault(form, named)
    return found


def _deeds(noun: str) -> tuple[str, ...]:
    """The forms of the verb that a noun such as "teacher" or "consignor" is made of."""
    word = noun.lower().split(" ")[-1]
    if len(word) < 6 or not word.endswith(("er", "or")):
        return ()
    stems = {word[:-2], word[:-1], word}
    if word.endswith("ator"):
        stems.add(word[:-2] + "e")
    if word[-3:-2] == word[-4:-3]:
        stems.add(word[:-3])
    if stems & _EVENTFUL:
        return ()
    return tuple(form for base in stems if len(base) > 3 for form in regular(base))
