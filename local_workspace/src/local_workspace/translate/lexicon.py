# ruff: noqa: PLR0912 - a rule returns as soon as it knows
"""Which phrases mean which tables, columns, values, measures and filters of a catalog."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from local_workspace.spaces.flags import is_flag, said_of_rows
from local_workspace.spaces.names import plural, singular, spoken
from local_workspace.translate import date_words
from local_workspace.translate.elapsed_words import elapsed_phrases
from local_workspace.translate.forms import is_participle
from local_workspace.translate.gathering import torn_measures
from local_workspace.translate.grammar import (
    FILLER,
    GRAINS,
    KEYWORDS,
    NEVER_REPAIRED,
    REPAIRABLE,
    UNITS,
)
from local_workspace.translate.guesses import gathered, is_dimension, told_apart
from local_workspace.translate.known_names import COMPANY, COUNTRIES
from local_workspace.translate.likely import likely_phrases, likely_values
from local_workspace.translate.meant_values import is_meant
from local_workspace.translate.name_starts import name_starts
from local_workspace.translate.paths import paths
from local_workspace.translate.senses import Sense
from local_workspace.translate.spellings import british
from local_workspace.translate.states import level_words
from local_workspace.translate.stocks import has_stocks
from local_workspace.translate.typos import near_words
from local_workspace.translate.words import NUMBER_WORDS, fold, tokens

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog, ColumnInfo, TableInfo

MAX_PHRASE = 7
_PREFIXES = ("bi", "semi", "mid", "non", "un", "multi", "inter", "pre", "anti")
"""Words of another meaning, not typos: "biweekly" is no slip for "weekly"."""
_LEADING = frozenset({"in", "to", "from", "of", "by", "for"})
"""A name such as "station in" would swallow the "in" of "by station in October"."""
_DATED = frozenset({"date", "time", "day", "month", "year", "timestamp", "moment"})
_JOINING = frozenset({"the", "a", "an", "is", "was", "are"})
_ARTICLES = frozenset({"a", "an", "the", "our", "their", "its", "is", "are", "this", "that"})
_THINGS = ("reason", "order", "churned", "churn", "account")
"""Words of grammar that are things where the data have them."""
_COMMON = frozenset(KEYWORDS) | frozenset(GRAINS) | FILLER | UNITS | frozenset(NUMBER_WORDS)


class Lexicon:
    """Phrase lookup for one catalog; build once, then read only."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._phrases: dict[tuple[str, ...], list[Sense]] = defaultdict(list)
        self._values: dict[tuple[str, ...], list[Sense]] = defaultdict(list)
        self._first_words: set[tuple[str, ...]] = set()
        self.paths = {name: paths(catalog, name) for name in catalog.tables}
        for table in catalog.tables.values():
            self._add_table(table)
        self._add_named()
        self._add_roles()
        self._add_name_starts()
        self._add_likely()
        vocabulary = {w for p in self._phrases for w in p if len(w) >= 4 and w.isalpha()}
        value_words = {w for p in self._values for w in p if len(w) >= 5 and w.isalpha()}
        self._vocabulary = sorted(vocabulary | REPAIRABLE)
        self.torn = torn_measures(catalog)
        self.stocked = any(has_stocks(table) for table in catalog.tables.values())
        self._known = frozenset().union(
            vocabulary, (w for p in self._values for w in p), _grammar_words(), date_words.WORDS
        )
        self._value_words = sorted(value_words)
        self._measure_words = frozenset(
            stem(word)
            for table in catalog.tables.values()
            for column in table.columns.values()
            if column.role == "measure"
            for word in column.label.lower().split()
        )

    def find(
        self, words: list[str], at: int, written: str = ""
    ) -> tuple[int, tuple[Sense, ...]] | None:
        """The longest phrase starting at `at`: its length and every sense of it.

        `written` is the first token as typed: a value that is also a word of grammar, such as
        the airport DAY, is meant only when it is typed exactly like the value.
        """
        for length in range(min(MAX_PHRASE + 2, len(words) - at), 0, -1):
            phrase = _unhyphened(words[at : at + length])
            if phrase is None:
                continue
            senses = list(self._values.get(phrase, ()) or self._run_together(phrase))
            if length == 1 and senses and phrase[0] in _COMMON:
                senses = [s for s in senses if is_meant(s.value, phrase[0], written, first=not at)]
            stems = tuple(stem(w) for w in phrase)
            senses += [s for s in self._phrases.get(stems, ()) if s not in senses]
            whole = stems not in self._first_words
            free = length > 1 or stems[0] not in _COMMON
            guessed = all(s.weak and s.kind == "column" for s in senses)
            if guessed and stems != phrase and free and whole:
                senses += self._values.get(stems, ())
            if senses:
                strong = [s for s in senses if not s.weak]
                grouped = words[at - 1 : at] in (["by"], ["per"], ["each"])
                if grouped and all(s.kind == "value" for s in strong):
                    strong += [s for s in senses if s.weak and s.kind == "column"]
                return length, (*(strong or senses), *self._beside(strong, senses))
        return None

    def _run_together(self, phrase: tuple[str, ...]) -> list[Sense]:
        """ "call back" of `callback`: two words that the data write as one."""
        whole = "".join(phrase)
        return self._values.get((whole,), []) if len(phrase) == 2 and len(whole) > 5 else []

    def _beside(self, strong: list[Sense], senses: list[Sense]) -> list[Sense]:
        """What tables without a column of that very name call so: the `lost_reason` of leads."""
        own = {sense.table for sense in strong}
        guessed = [s for s in senses if s.weak and s.kind == "column" and s.table not in own]
        return guessed if strong and all(map(self._groups, (*strong, *guessed))) else []

    def _groups(self, sense: Sense) -> bool:
        return is_dimension(sense, self.catalog)

    def names(self, words: list[str], start: int, end: int) -> bool:
        """Whether the words from `start` name a value at least as far as `end`: "2023/24"."""
        found = self.find(words, start) if start < len(words) else None
        return bool(
            found
            and found[0] > 1
            and start + found[0] >= end
            and any(sense.kind in ("value", "filter") and not sense.weak for sense in found[1])
        )

    def knows(self, phrase: str) -> bool:
        """Whether the whole phrase means something in the space."""
        words = phrase.split()
        found = self.find(words, 0)
        return found is not None and found[0] == len(words)

    def repair(self, word: str) -> str | None:
        """The known word `word` is a typo of; None when none is near or two are equally near."""
        root = stem(word)
        if len(root) < 4 or not word.isalpha() or word in self._known or root in self._known:
            return None
        if word in NEVER_REPAIRED or root in NEVER_REPAIRED or word.startswith(_PREFIXES):
            return None
        for vocabulary, minimum in ((self._vocabulary, 4), (self._value_words, 6)):
            if len(root) < minimum:
                continue
            near = near_words(root, vocabulary)
            if near:
                return near[0][1] if len(near) == 1 or near[0][0] < near[1][0] else None
        return None

    def holds(self, word: str) -> bool:
        """Whether the data holds the word as a value, so that it is no mere filler."""
        return len(word) > 3 and (word,) in self._values

    def told_by(self, word: str) -> bool:
        """Whether a measure's name holds the word: "produced" of produced units is no filler."""
        return stem(word) in self._measure_words and word not in _JOINING

    def measures(self, phrase: tuple[str, ...]) -> bool:
        """Whether the phrase names a column people aggregate."""
        return any(
            s.kind == "column" and self.catalog.column(s.table, s.name).role == "measure"
            for s in self._phrases.get(tuple(stem(w) for w in phrase), ())
        )

    def only_time(self, senses: tuple[Sense, ...]) -> bool:
        """Whether every sense is a column of time, so that a grain of the same name wins."""
        return all(
            s.kind == "column" and self.catalog.column(s.table, s.name).role in ("time", "hour")
            for s in senses
        )

    def _put(self, phrase: str, sense: Sense, *, value: bool = False) -> None:
        words = tuple(token.lower for token in tokens(phrase) if token.lower != "-")
        if not words or len(words) > MAX_PHRASE:
            return
        store = self._values if value else self._phrases
        key = words if value else tuple(stem(w) for w in words)
        if sense not in store[key]:
            store[key].append(sense)

    def _add_table(self, table: TableInfo) -> None:
        entity = Sense("table", table.name)
        columns = {stem(c.label) for c in table.columns.values() if c.name != table.label}
        measured = {stem(n) for c in table.columns.values() if c.role == "measure"
                    for n in (c.label, *c.synonyms)}  # fmt: skip
        for phrase in (table.row, spoken(table.name), *table.synonyms):
            own = phrase in (table.row, *table.synonyms)
            if not own and table.row == f"{singular(phrase)} line":
                continue  # its lines are the rows: orders are told apart by their number
            named = own or not {stem(phrase), stem(phrase.split(" ")[-1])} & measured
            if named and not (table.row.endswith(" row") and stem(phrase) in columns):
                self._put(phrase, entity)
        for column in table.columns.values():
            if column.role == "hidden":
                continue
            self._add_column(table, column)
            reached = self._reached(column)
            for text in column.values:
                if reached is None or text in reached:
                    self._add_value(column, text)
            for text, others in column.value_words.items():
                for other in dict.fromkeys((*others, *map(singular, others), *map(plural, others))):
                    self._put(other, Sense("value", table.name, column.name, text), value=True)

    def _add_likely(self) -> None:
        for phrase, sense in likely_values(self.catalog):
            self._put(phrase, sense, value=True)
        for phrase, sense in told_apart(gathered(likely_phrases(self.catalog)), self.catalog):
            told = phrase in _THINGS or {phrase, stem(phrase)}.isdisjoint(_COMMON)
            dated = sense.kind == "event" and phrase in FILLER and is_participle(phrase)
            if told or (dated and phrase not in KEYWORDS):
                self._put(phrase, sense)
        times = list(elapsed_phrases(self.catalog))
        for phrase, sense in [pair for pair in times if not self.knows(pair[0])]:
            self._put(phrase, sense)

    def _reached(self, column: ColumnInfo) -> frozenset[str] | None:
        """The values that fact rows reach, for a table that several roles share."""
        found = [
            join.values[column.name]
            for join in self.catalog.joins
            if join.one == column.table and column.name in join.values
        ]
        return frozenset().union(*found) if found else None

    def _add_column(self, table: TableInfo, column: ColumnInfo) -> None:
        sense = Sense("column", table.name, column.name)
        labels = {column.label.lower(), spoken(column.name), *map(str.lower, column.synonyms)}
        described = any(
            c.name == column.name and (c.label or c.synonyms)
            for t in self.catalog.space.tables
            if t.name == table.name
            for c in t.columns
        )
        if described and column.label.lower() != spoken(column.name):
            self._put(spoken(column.name), Sense("column", table.name, column.name))
        if column.family == "bool":
            labels = {said_of_rows(phrase, (table.row, *table.synonyms)) for phrase in labels}
        for phrase in labels:
            own = " " in phrase and phrase in (column.label.lower(), spoken(column.name))
            if own and column.role != "time" and phrase.split()[-1] in _LEADING:
                continue
            self._put(phrase, sense)
            done = " " not in phrase or is_participle(phrase.split(" ")[0])
            dated = phrase.split(" ")[-1] in _DATED
            verb = column.role == "time" and (done or not dated)
            verb = verb or phrase.endswith(" by")
            if not (verb or is_participle(phrase) or is_flag(column)):
                for noun in (table.row, *table.synonyms):
                    self._put(f"{noun} {phrase}", sense)
            if column.role == "measure" and phrase.count(" ") == 1:
                first, second = phrase.split()
                for link in ("on", "at", "of", "in"):
                    self._put(f"{second} {link} {first}", sense)
            words = phrase.split()
            if words[-1] in ("id", "key", "code", "number") and len(words) > 1:
                base = " ".join(words[:-1])
                self._put(f"{base} id", Sense("column", table.name, column.name, raw=True))
                if column.role in ("id", "dimension") and self._joins_from(table.name, column.name):
                    self._put(base, Sense("column", table.name, column.name, weak=True))
            elif self._joins_from(table.name, column.name):
                for tail in ("code", "id"):
                    raw = Sense("column", table.name, column.name, raw=True)
                    self._put(f"{phrase} {tail}", raw)
            if len(words) > 1 and words[-1] in ("name", "code") and column.name != table.label:
                self._put(" ".join(words[:-1]), Sense("column", table.name, column.name, weak=True))
        if column.name == table.label:
            for noun in (table.row, *table.synonyms):
                self._put(f"{noun} name", sense)
        self._put(column.name, sense)

    def _joins_from(self, table: str, column: str) -> bool:
        return any(j.many == table and j.many_column == column for j in self.catalog.joins)

    def _add_value(self, column: ColumnInfo, text: str) -> None:
        if not text.strip() or len(text) > 80 or re.fullmatch(r"[\d.,\s-]+", text):
            return
        sense = Sense("value", column.table, column.name, text)
        self._put(text, sense, value=True)
        table = self.catalog.tables[column.table]
        if text in table.names and column.name == table.key and table.label:
            named = Sense("value", column.table, table.label, table.names[text])
            self._put(text, named, value=True)
        split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
        if split != text:
            self._put(split, sense, value=True)
        for other in COUNTRIES.get(text.lower(), ()):
            self._put(other, sense, value=True)
        words = [token.lower for token in tokens(text)]
        bare = [w for w in words if stem(w) != table.row]
        if column.name == table.label and bare and len(bare) < len(words) and len(bare[0]) > 3:
            weak = Sense("value", column.table, column.name, text, weak=True)
            self._put(" ".join(bare), weak, value=True)
        joined = "".join(words)
        if 1 < len(words) <= 3 and len(joined) > 5 and not self._is_row_noun(joined):
            self._put(joined, sense, value=True)
        trimmed = [w for w in words if w not in COMPANY]
        if trimmed and trimmed != words and len("".join(trimmed)) > 3:
            self._put(" ".join(trimmed), sense, value=True)
        if words and words[-1] != singular(words[-1]):
            self._put(" ".join([*words[:-1], singular(words[-1])]), sense, value=True)

    def _is_row_noun(self, word: str) -> bool:
        """ "clients" are clients, even where one of them is called "Client S"."""
        tables = self.catalog.tables.values()
        return any(singular(word) in (table.row, *table.synonyms) for table in tables)

    def _add_named(self) -> None:
        catalog = self.catalog
        for measure in catalog.measures:
            for phrase in (measure.name, *measure.synonyms):
                self._put(phrase, Sense("measure", measure.table, measure.name))
                for level in level_words(phrase):
                    self._put(level, Sense("measure", measure.table, measure.name))
        for item in catalog.filters:
            rows = f" {plural(catalog.tables[item.table].row)}"
            for phrase in (item.name, *item.synonyms):
                state = phrase.removesuffix(rows)
                if state == phrase or state not in item.synonyms:
                    self._put(phrase, Sense("filter", item.table, item.name))
            for phrase in item.opposites:
                self._put(phrase, Sense("filter", item.table, item.name, negated=True))
        for dimension in catalog.dimensions:
            for phrase in (dimension.name, *dimension.synonyms):
                self._put(phrase, Sense("dimension", dimension.table, dimension.name))
        named = {f.name.lower() for f in catalog.filters} | {
            s.lower() for f in catalog.filters for s in f.synonyms
        }
        for table in catalog.tables.values():
            for column in table.columns.values():
                if column.family == "bool" and column.role != "hidden":
                    phrase = re.sub(r"^(is|has|was) ", "", column.label.lower())
                    value = Sense("value", table.name, column.name, "true")
                    for other in (phrase, *map(str.lower, column.synonyms)):
                        if other not in named:
                            told = said_of_rows(other, (table.row, *table.synonyms))
                            self._put(told, value, value=True)
                            self._put(plural(told), value, value=True)

    def _add_roles(self) -> None:
        for join in self.catalog.joins:
            one = self.catalog.tables[join.one]
            sense = Sense("role", join.many, join.name)
            for phrase in join.synonyms:
                self._put(phrase, sense)
            if join.shared:
                for phrase in (spoken(join.name), f"{spoken(join.name)} {one.row}"):
                    self._put(phrase, sense)
            for word in join.words:
                self._put(word, Sense("toward", join.many, join.name))

    def _add_name_starts(self) -> None:
        """Words that only one name begins with: "Hawaiian", "Washington Dulles"."""
        found = name_starts(dict(self._values), self.catalog)
        for phrase, sense in found:
            free = phrase not in self._values and tuple(map(stem, phrase)) not in self._phrases
            if free and not (len(phrase) == 1 and (phrase[0] in KEYWORDS or phrase[0] in FILLER)):
                self._values[phrase].append(sense)
                self._first_words |= {phrase} if len(phrase) == 1 else set()


def _unhyphened(words: list[str]) -> tuple[str, ...] | None:
    """ "check-ups" and "check ups" are one phrase; None when a hyphen is its first or last sign."""
    if words[0] == "-" or words[-1] == "-":
        return None
    return tuple(word for word in words if word != "-")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The form words are compared in; British and American spellings are one."""
    return singular(british(fold(word)))


@lru_cache(maxsize=64)
def lexicon_of(catalog: Catalog) -> Lexicon:
    """The lexicon of a catalog; built once per catalog."""
    return Lexicon(catalog)


@lru_cache(maxsize=1)
def _grammar_words() -> frozenset[str]:
    words = {w for phrase in (*KEYWORDS, *GRAINS) for w in phrase.split()} | FILLER | UNITS
    return frozenset(w for w in words if len(w) >= 4 and w.isalpha())
