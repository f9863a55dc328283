"""Short forms in the names of columns and tables, and the words they stand for.

Only those that databases use in one meaning: `rec`, `act` or `ins` stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

SHORT = {
    "acct": "account", "addr": "address", "amt": "amount", "appt": "appointment", "arr": "arrival",
    "avg": "average", "bal": "balance", "bgt": "budget", "bkg": "booking", "bldg": "building",
    "canc": "cancelled", "cat": "category", "cd": "code", "chan": "channel", "chnl": "channel",
    "cls": "class", "cnt": "count", "ctry": "country", "cust": "customer", "cxl": "cancelled",
    "dep": "departure", "dept": "department", "desc": "description", "dest": "destination",
    "diag": "diagnosis", "dist": "distance", "div": "division", "dob": "date of birth",
    "dt": "date", "dur": "duration", "emp": "employee", "est": "estimate", "fcst": "forecast",
    "fname": "first name", "freq": "frequency", "grp": "group", "grs": "gross",
    "humid": "humidity", "inv": "invoice", "len": "length", "lname": "last name",
    "loc": "location", "lvl": "level", "manuf": "manufacturer", "meth": "method",
    "mfg": "manufacturing", "mfr": "manufacturer", "mgr": "manager", "mkt": "market",
    "mktg": "marketing", "mo": "month", "mth": "month", "nbr": "number", "nm": "name",
    "num": "number", "occ": "occupancy", "ord": "order", "org": "organisation",
    "pax": "passengers", "pct": "percent", "perf": "performance", "pmt": "payment",
    "ppl": "people", "prc": "price", "precip": "precipitation", "prem": "premium",
    "prio": "priority", "prod": "product", "proj": "project", "pymt": "payment", "qty": "quantity",
    "rcvd": "received", "reqd": "requested", "rev": "revenue", "rgn": "region", "rsn": "reason",
    "sched": "scheduled", "seg": "segment", "shpd": "shipped", "snap": "snapshot", "spd": "speed",
    "sqft": "square feet", "src": "source", "stat": "status", "stn": "station", "sts": "status",
    "sz": "size", "accts": "accounts", "cert": "certificate", "ctr": "centre", "fmt": "format",
    "hosp": "hospital", "resp": "response", "tix": "tickets", "sqm": "square metres",
    "supp": "supplier", "svc": "service", "temp": "temperature", "tot": "total",
    "trx": "transaction", "ttl": "total", "txn": "transaction", "typ": "type",
    "tzone": "time zone", "usr": "user", "util": "utilisation", "val": "value", "veh": "vehicle",
    "vend": "vendor", "visib": "visibility", "vol": "volume", "whse": "warehouse", "wk": "week",
    "wt": "weight", "yr": "year", "rx": "prescription", "chn": "channel", "bev": "beverage",
    "srv": "service", "srvr": "server", "mthd": "method", "dmg": "damage",
    "repl": "replacement", "purch": "purchase", "stk": "stock", "lim": "limit",
    "hrly": "hourly", "suppl": "supplier", "acq": "acquisition", "wty": "warranty",
    "warr": "warranty", "mths": "months", "yrs": "years", "lang": "language", "curr": "currency",
    "pymnt": "payment", "dlvy": "delivery", "dlv": "delivery", "mgmt": "management",
    "cpty": "capacity", "brnd": "brand", "pkg": "package",
    "rtn": "return", "chk": "check", "rtg": "rating", "ts": "time",
    "wrhs": "warehouse", "whs": "warehouse", "vhcl": "vehicle", "drvr": "driver",
    "cmpgn": "campaign", "prgm": "programme", "trtmt": "treatment",
    "pclass": "passenger class", "parch": "parents",
}  # fmt: skip
AMBIGUOUS = frozenset(
    {"arr", "cat", "cert", "cls", "ctr", "dep", "desc", "diag", "dist", "div", "est", "inv", "loc"}
    | {"occ", "org", "perf", "prod", "proj", "resp", "rev", "seg", "stat", "supp", "temp"}
    | {"ttl", "val", "vol", "stn", "prem"}
)
"""Short forms that the data or a question may mean otherwise: `dep` of departments or depots."""
_IN_PHRASES = (
    (re.compile(r"^sib sp$"), "siblings"),
    (re.compile(r"\bdisc (?=percent|amount|rate|value|eur|usd|gbp|chf)"), "discount "),
    (re.compile(r"(?<=\bev )chg\b"), "charging"),
    (re.compile(r"(?<=amount )ins$"), "insurance"),
    (re.compile(r"\bpay(?= method\b| type\b)"), "payment"),
    (re.compile(r"\bexp(?= years\b| yrs\b)"), "experience"),
    (re.compile(r"\bpt(?= age\b)"), "patient"),
    (re.compile(r"\bhh(?= size\b| income\b)"), "household"),
    (re.compile(r"\bot(?= hours\b| pay\b)"), "overtime"),
    (re.compile(r"\bact(?= hours\b| cost\b| amount\b)"), "actual"),
    (re.compile(r"\bplan(?= hours\b| cost\b| amount\b)"), "planned"),
    (re.compile(r"(?<= )pw$"), "per week"),
    (re.compile(r"(?<= )pm$"), "per month"),
    (re.compile(r"\bcoll(?= date\b)"), "collection"),
    (re.compile(r"\bdel(?= date\b)"), "delivery"),
    (re.compile(r"\bret(?= date\b)"), "return"),
    (re.compile(r"\breg(?= date\b)"), "registration"),
    (re.compile(r"\binst(?= date\b)"), "installation"),
    (re.compile(r"\bexp(?= date\b)"), "expiry"),
    (re.compile(r"(?<= )rt$"), "rate"),
    (re.compile(r"(?<=job )total$"), "title"),
)
"""Short forms that only their neighbours tell apart."""


def in_full(words: Iterable[str], told: Mapping[str, str] | None = None) -> str:
    """The words, in lower case, with short forms in full: `disc pct` is "discount percent".

    `told` are the short forms that the names of a space explain themselves.
    """
    known = {**SHORT, **(told or {})}
    phrase = " ".join(known.get(word, word) for word in words)
    phrase = phrase.replace("hrs", "hours")
    for pattern, full in _IN_PHRASES:
        phrase = pattern.sub(full, phrase)
    return phrase
