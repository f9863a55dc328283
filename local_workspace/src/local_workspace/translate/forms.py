"""Word families: the verb, its participle and its noun, so that "shipped" finds a shipment."""

from __future__ import annotations

from local_workspace.spaces.names import singular

# Every row: base, participle, other forms that people use of the same happening.
_IRREGULAR = (
    ("sell", "sold", "sale"), ("buy", "bought"), ("pay", "paid", "payment"),
    ("send", "sent"), ("fly", "flown", "flew", "flight"), ("ride", "ridden", "rode", "ride"),
    ("spend", "spent"), ("build", "built"), ("make", "made"), ("hold", "held"),
    ("leave", "left"), ("begin", "begun", "began"), ("drive", "driven", "drove"),
    ("give", "given", "gave", "gift"), ("lend", "lent", "loan"), ("bear", "born", "birth"),
    ("deliver", "delivered", "delivery"), ("admit", "admitted", "admission", "admittance"),
    ("readmit", "readmitted", "readmission"), ("arrive", "arrived", "arrival"),
    ("depart", "departed", "departure"), ("renew", "renewed", "renewal"),
    ("refuse", "refused", "refusal"), ("approve", "approved", "approval"),
    ("subscribe", "subscribed", "subscription"), ("resolve", "resolved", "resolution"),
    ("cancel", "cancelled", "canceled", "cancellation", "cancelation"),
    ("enrol", "enrolled", "enroll", "enrolment", "enrollment"), ("bill", "billed"),
    ("produce", "produced", "production"), ("consume", "consumed", "consumption"),
    ("inspect", "inspected", "inspection"), ("transact", "transacted", "transaction"),
    ("complete", "completed", "completion"), ("terminate", "terminated", "termination"),
    ("convert", "converted", "conversion"), ("donate", "donated", "donation"),
    ("reserve", "reserved", "reservation"), ("submit", "submitted", "submission"),
    ("expire", "expired", "expiry", "expiration"), ("hire", "hired"), ("rate", "rated", "rating"),
    ("escalate", "escalated", "escalation"), ("dispose", "disposed", "disposal"),
    ("install", "installed", "installation"), ("detect", "detected", "detection"),
    ("fail", "failed", "failure"), ("withdraw", "withdrawal"),
    ("receive", "received", "receipt"), ("close", "closed", "closure"),
    ("attend", "attended", "attendance"), ("reject", "rejected", "rejection"),
    ("drop", "dropped", "dropout", "drop-out"), ("scrap", "scrapped", "scrap"),
    ("churn", "churned", "churn"), ("order", "ordered"), ("retain", "retained", "retention"),
    ("register", "registered", "registration"), ("invoice", "invoiced"),
    ("apply", "applied", "application"), ("publish", "published", "publication"),
    ("weigh", "weighed", "weight"), ("die", "dead", "died", "death"), ("owe", "owed"),
    ("raise", "raised"), ("prescribe", "prescribed", "prescription"),
    ("survive", "survived", "survival", "survivor"), ("recover", "recovered", "recovery"),
    ("graduate", "graduated", "graduation"), ("promote", "promoted", "promotion"),
    ("attrit", "attrited", "attrition"), ("move", "moved", "movement"),
    ("retire", "retired", "retirement"), ("resign", "resigned", "resignation"),
    ("default", "defaulted"), ("infect", "infected", "infection"), ("embark", "embarked"),
    ("accept", "accepted", "acceptance"), ("quote", "quoted", "quotation"),
    ("win", "won"), ("lose", "lost", "loss"), ("score", "scored"),
)  # fmt: skip
_DONE = frozenset(
    {"shipment", "payment", "appointment", "treatment", "assignment", "investment", "placement"}
    | {"repayment", "settlement", "deployment", "replacement"}
)
"""Nouns of a verb; a department is none of departing."""
_FAMILY = {word: row for row in _IRREGULAR for word in row}


def family(word: str) -> tuple[str, ...]:
    """Other forms of a verb, participle or noun of action; empty when it shows none.

    Regular forms are spelled by rule; a form that English lacks does no harm, for nobody types it.
    """
    said = word.lower()
    word = said[:-1] if said.endswith("s") and said[:-1] in _FAMILY else singular(said)
    if word in _FAMILY:
        base = _FAMILY[word][0]
        found = {*_FAMILY[word], *regular(base)}
    elif base := _base(word):
        found = {*regular(base)}
    else:
        return ()
    return tuple(sorted(found - {word}))


def is_participle(word: str) -> bool:
    """Whether the word says that something was done: "shipped", "sold"."""
    row = _FAMILY.get(word)
    if row is not None:
        return word in row[1:3] and (word == row[1] or word.endswith("ed"))
    return len(word) > 4 and word.endswith("ed") and not word.endswith("eed")


_PAST = frozenset({"came", "went", "gone", "got", "broke", "broken", "put", "set", "gave", "took"})


def says_done(phrase: str) -> bool:
    """Whether the phrase says that something was done: "shipped", "signed up", "came back"."""
    words = phrase.lower().split(" ")
    return is_participle(words[0]) or (len(words) > 1 and words[0] in _PAST)


def _base(word: str) -> str:
    """The verb behind a participle or a noun in -ment, -tion or -ing; nothing for other words."""
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for tail in ("ed", "ing"):
        if word.endswith(tail) and len(word) > len(tail) + 3:
            stem = word[: -len(tail)]
            if stem[-1] == stem[-2] and stem[-1] not in "ls":
                return stem[:-1]
            return stem + "e" if _wants_e(stem) else stem
    if word in _DONE:
        return word[:-4]
    if len(word) > 8 and word.endswith(("ction", "ation")):
        return word[:-3] + ("e" if word.endswith("ation") else "")
    return ""


def _wants_e(stem: str) -> bool:
    """ "issu-ed" is of "issue", "order-ed" of "order"."""
    if stem.endswith(
        ("c", "s", "u", "v", "z", "at", "ag", "rg", "dg", "ir", "ur", "as", "ot", "ut")
    ):
        return not stem.endswith(("ss", "us", "oot"))
    return stem[-1] == "r" and stem[-2] in "au"


def regular(base: str) -> tuple[str, ...]:
    """The forms that a regular verb has."""
    if len(base) < 3:
        return ()
    if base.endswith("e"):
        return (base, base + "d", base[:-1] + "ing", base + "s")
    short = len(base) < 5 and base[-1] not in "aeiouwxy" and base[-2:-1] in "aeiou"
    short = short and sum(c in "aeiou" for c in base) == 1
    double = base + base[-1] if short and base[-3:-2] not in "aeiou" else base
    if base.endswith("y") and base[-2] not in "aeiou":
        return (base, base[:-1] + "ied", base + "ing", base[:-1] + "ies")
    return (base, double + "ed", double + "ing", base + "s")
