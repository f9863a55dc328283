"""Words for those of whom a yes-or-no column says yes, and for the others."""

from __future__ import annotations

_OPPOSITES = (
    (("survived", "survival"), ("died", "perished", "dead", "dead ones")),
    (("passed",), ("failed",)), (("won",), ("lost",)),
    (("churned", "churn", "exited", "left", "attrited"), ("stayed", "retained")),
    (("attended", "present"), ("absent", "missed")), (("successful", "success"), ("failed",)),
    (("employed",), ("unemployed", "jobless")), (("married",), ("single", "unmarried")),
    (("active",), ("inactive",)), (("paid",), ("unpaid",)),
    (("smoker", "smokes", "smoking"), ("non smoker", "non smoking", "nonsmoker")),
    (("fraud", "fraudulent"), ("legitimate", "genuine", "non fraud")),
)  # fmt: skip
_PEOPLE = {
    "survived": "survivor", "churned": "churner", "churn": "churner", "exited": "leaver",
    "left": "leaver", "won": "winner", "smokes": "smoker", "smoking": "smoker",
    "subscribed": "subscriber", "defaulted": "defaulter", "default": "defaulter",
    "retired": "retiree", "attrited": "leaver",
}  # fmt: skip
_SAME = (
    ("left", "quit", "resigned"), ("fraud", "fraudulent"), ("exited", "left"),
    ("churned", "churn"), ("defaulted", "default"), ("smoker", "smokes", "smoke"),
)  # fmt: skip


def others_of(word: str) -> list[str]:
    """What the rows are of which the word does not hold: "died" beside "survived"."""
    return [other for known, others in _OPPOSITES if word in known for other in others]


def same_as(word: str) -> list[str]:
    """Other words for those of which it holds: "survivor" of survived."""
    found = [_PEOPLE[word]] if word in _PEOPLE else []
    found += [other for family in _SAME if word in family for other in family if other != word]
    return list(dict.fromkeys(found))


def needed(word: str) -> list[str]:
    """ "need a follow up" where the column says that a follow up is needed."""
    thing, _, verb = word.rpartition(" ")
    if verb not in ("needed", "required", "requested") or not thing:
        return []
    stem = verb.removesuffix("ed")
    leads = (stem, f"{stem}s", f"{stem}ing", verb)
    told = [f"{lead} {article}{thing}" for lead in leads for article in ("", "a ", "an ")]
    return [*told, f"with {thing}", f"with a {thing}", f"{verb} {thing}"]
