"""Short codes that columns hold for common words, and what people call them.

A code of a letter or two says something only under a name that tells what it is a code of.
"""

from __future__ import annotations

_CODES: tuple[tuple[frozenset[str], dict[str, str]], ...] = (
    (frozenset({"status", "state", "outcome", "result", "stage"}),
     {"canc": "cancelled", "cncl": "cancelled", "cxl": "cancelled", "cxld": "cancelled",
      "cancel": "cancelled", "clsd": "closed", "opn": "open", "nosh": "no-show", "ns": "no-show",
      "pend": "pending", "pndg": "pending", "appr": "approved", "rej": "rejected",
      "rejd": "rejected", "cmpl": "completed", "compl": "completed", "comp": "completed",
      "inact": "inactive", "susp": "suspended", "dlvd": "delivered", "delv": "delivered",
      "shpd": "shipped", "rtd": "returned", "rtnd": "returned", "rfnd": "refunded",
      "refd": "refunded", "resv": "reserved", "conf": "confirmed", "cnf": "confirmed",
      "expd": "expired", "fin": "finished", "prog": "in progress", "wip": "in progress"}),
    (frozenset({"payment", "pay", "paid", "method", "tender"}),
     {"dd": "direct debit", "cc": "credit card", "dc": "debit card", "chq": "cheque",
      "chk": "cheque", "bt": "bank transfer", "pp": "paypal", "cod": "cash on delivery",
      "inv": "invoice", "xfer": "transfer", "so": "standing order", "bacs": "bank transfer"}),
    (frozenset({"frequency", "interval", "cadence", "cycle", "period", "billing", "schedule"}),
     {"d": "daily", "w": "weekly", "wk": "weekly", "f": "fortnightly", "bw": "biweekly",
      "m": "monthly", "mth": "monthly", "q": "quarterly", "y": "yearly", "a": "annual"}),
    (frozenset({"type", "contract", "employment", "basis"}),
     {"perm": "permanent", "temp": "temporary", "ft": "full-time", "pt": "part-time",
      "ctr": "contract", "frl": "freelance", "int": "internal", "ext": "external"}),
    (frozenset({"customer", "client", "buyer", "account", "segment"}),
     {"b2b": "business", "b2c": "consumer", "corp": "corporate", "priv": "private",
      "ent": "enterprise", "smb": "small business", "b": "business", "p": "private",
      "i": "individual"}),
    (frozenset({"plan", "rate", "tier", "tariff", "class", "cabin", "ticket", "fare", "service",
                "level", "priority", "type"}),
     {"std": "standard", "prem": "premium", "corp": "corporate", "wknd": "weekend",
      "promo": "promotion", "eco": "economy", "econ": "economy", "bus": "business",
      "exp": "express", "dlx": "deluxe", "lux": "luxury", "cmp": "compact", "cmpct": "compact",
      "int": "international", "intl": "international", "dom": "domestic", "med": "medium"}),
)  # fmt: skip
_SPELLINGS = {
    "no-show": ("no show", "noshow"), "full-time": ("full time",), "part-time": ("part time",),
    "cheque": ("check",), "promotion": ("promotional", "promo"), "annual": ("yearly",),
    "yearly": ("annual",), "fortnightly": ("every two weeks",), "cancelled": ("canceled",),
}  # fmt: skip


def code_words(value: str, label: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """What the code means under that label; nothing where another value has that name itself."""
    told, held = set(label.lower().split()), {v.lower() for v in values}
    found = [
        codes[value.lower()] for names, codes in _CODES if names & told and value.lower() in codes
    ]
    words = [w for word in found for w in (word, *_SPELLINGS.get(word, ()))]
    return tuple(dict.fromkeys(w for w in words if w not in held))
