# ruff: noqa: SIM905
"""Words of questions and identifiers: splitting, stems, singular and plural."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W_]+(?:[-'’&./][^\W_]+)*", re.UNICODE)
# Units such as kWh and MWh stay whole.
_CAMEL = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z])(?!Wh?(?![a-z]))|(?<=[A-Z])(?=[A-Z][a-z])(?!Wh(?![a-z]))"
)
_ENDINGS = (
    ("ission", 8),
    ("ation", 9),
    ("ating", 9),
    ("ated", 8),
    ("ate", 7),
    ("ing", 7),
    ("ed", 5),
)
_UNITS = frozenset(
    (
        "minutes hours seconds days weeks miles km kg kwh mwh gb mb usd eur gbp chf percent pct "
        "degrees feet meters liters tons"
    ).split()
)
_SHORT = {
    "acct": "account",
    "addr": "address",
    "amt": "amount",
    "arr": "arrival",
    "avg": "average",
    "cat": "category",
    "cnt": "count",
    "cust": "customer",
    "dep": "departure",
    "dept": "department",
    "dest": "destination",
    "dt": "date",
    "emp": "employee",
    "humid": "humidity",
    "inv": "invoice",
    "mgr": "manager",
    "num": "number",
    "pct": "percent",
    "precip": "precipitation",
    "prod": "product",
    "qty": "quantity",
    "temp": "temperature",
    "txn": "transaction",
    "visib": "visibility",
    "yr": "year",
}
_IRREGULAR = {
    "people": "person",
    "children": "child",
    "men": "man",
    "women": "woman",
    "branches": "branch",
    "analyses": "analysis",
    "series": "series",
    "species": "species",
    "status": "status",
    "statuses": "status",
    "expenses": "expense",
    "purchases": "purchase",
    "houses": "house",
    "warehouses": "warehouse",
    "cases": "case",
    "responses": "response",
    "courses": "course",
    "prices": "price",
    "sizes": "size",
    "causes": "cause",
    "services": "service",
    "movies": "movie",
    "news": "news",
    "gas": "gas",
    "bus": "bus",
    "bonus": "bonus",
}


@dataclass(frozen=True)
class Word:
    """One word of a question, where it stands, and its stem."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in lower case, straight apostrophes."""
        return self.text.lower().replace("’", "'")

    @property
    def stem(self) -> str:
        """What the forms of one word share."""
        return stem(self.lower)

    @property
    def is_name(self) -> bool:
        """True when its writing says that it is a name, a code or a number."""
        return any(c.isupper() for c in self.text) or any(c.isdigit() for c in self.text)


def words(text: str) -> list[Word]:
    """The words of `text` in order."""
    return [Word(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def spoken(identifier: str) -> str:
    """An identifier as lower-case words: `dep_delay` is "departure delay"."""
    parts = re.split(r"[\W_]+", _CAMEL.sub(" ", identifier.rsplit(".", maxsplit=1)[-1]))
    return " ".join(_SHORT.get(p.lower(), p.lower()) for p in parts if p)


def without_unit(phrase: str) -> str:
    """A phrase without the unit at its end; empty where it has none or is nothing else."""
    *rest, last = phrase.split(" ")
    return " ".join(rest) if last in _UNITS else ""


def stems(phrase: str) -> tuple[str, ...]:
    """Stems of the words of a phrase; hyphens count as spaces."""
    return tuple(stem(w.lower) for w in words(phrase.replace("-", " ")))


def stem(word: str) -> str:
    """A light stem: "cancellations", "cancelled" and "cancel" share one."""
    word = singular(word.removesuffix("'s"))
    word = _SHORT.get(word, word)
    for ending, least in _ENDINGS:
        if word.endswith(ending) and len(word) >= least:
            word = word[: -len(ending)] + ("it" if ending == "ission" else "")
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aes":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def singular(word: str) -> str:
    """The singular of an English noun, or the word itself."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "xes", "zes", "sses")):
        return word[:-2]
    return word[:-1]


def singular_phrase(phrase: str) -> str:
    """The phrase with its last word in the singular."""
    *head, last = phrase.split(" ")
    return " ".join([*head, singular(last)])


def plural(phrase: str) -> str:
    """The plural of an English noun phrase."""
    if not phrase or phrase.endswith(("s", "data")):
        return phrase
    if phrase.endswith("person"):
        return phrase[:-6] + "people"
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + ("es" if phrase.endswith(("sh", "ch", "x", "z")) else "s")


def was(subject: str) -> str:
    """The verb that agrees: "total emissions were", "the number of flights was"."""
    said = re.split(r" (?:of|for|in|on|by|from|until|per|to) ", subject.removeprefix("the "))[0]
    parts = said.split()
    while len(parts) > 1 and re.search(
        r"(?:[^aeiou]ed|sold|spent|made|paid|lost|left)$", parts[-1]
    ):
        parts.pop()
    last = parts[-1] if parts else ""
    return "were" if last.endswith("s") and not last.endswith(("ss", "us", "is")) else "was"
