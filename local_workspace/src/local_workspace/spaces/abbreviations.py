"""Short forms in the names of columns and tables, and the words they stand for.

Only those that databases use in one meaning: `rec`, `act` or `ins` stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

SHORT = {
    "acct": "account", "accts": "accounts", "acq": "acquisition", "actv": "activation",
    "addr": "address", "adlt": "adult", "agnt": "agent", "amt": "amount", "appt": "appointment",
    "arr": "arrival", "attd": "attended", "avg": "average", "bal": "balance", "bev": "beverage",
    "bgt": "budget", "bkd": "booked", "bkg": "booking", "bldg": "building", "blt": "built",
    "brnd": "brand", "btch": "batch", "canc": "cancelled", "cat": "category", "cd": "code",
    "cert": "certificate", "chan": "channel", "chk": "check", "chld": "children", "chn": "channel",
    "chnl": "channel", "chrg": "charge", "clr": "colour", "cls": "class", "clsd": "closed",
    "cmpgn": "campaign", "cnt": "count", "cntry": "country", "cpty": "capacity", "crw": "crew",
    "cst": "cost", "ctr": "centre", "ctry": "country", "curr": "currency", "cust": "customer",
    "cxl": "cancelled", "deactv": "deactivation", "dep": "departure", "dept": "department",
    "desc": "description", "dest": "destination", "diag": "diagnosis", "dist": "distance",
    "div": "division", "dlv": "delivery", "dlvd": "delivered", "dlvy": "delivery", "dmg": "damage",
    "dob": "date of birth", "drvr": "driver", "dt": "date", "dur": "duration", "elig": "eligible",
    "emp": "employee", "enrl": "enrolment", "est": "estimate", "fcst": "forecast", "flg": "flag",
    "fmt": "format", "fname": "first name", "freq": "frequency", "frt": "freight", "fst": "first",
    "gndr": "gender", "govt": "government", "grp": "group", "grs": "gross", "hosp": "hospital",
    "hrly": "hourly", "humid": "humidity", "incid": "incident", "inv": "invoice",
    "lang": "language", "lbr": "labour", "len": "length", "lim": "limit", "lmt": "limit",
    "lname": "last name", "loc": "location", "lvl": "level", "mach": "machine",
    "manuf": "manufacturer", "meth": "method", "mfg": "manufacturing", "mfr": "manufacturer",
    "mgmt": "management", "mgr": "manager", "mkt": "market", "mktg": "marketing", "mo": "month",
    "mth": "month", "mthd": "method", "mthly": "monthly", "mths": "months", "nbr": "number",
    "nm": "name", "num": "number", "occ": "occupancy", "opn": "open", "ord": "order",
    "org": "organisation", "parch": "parents", "pax": "passengers", "pclass": "passenger class",
    "pcs": "pieces", "pct": "percent", "perf": "performance", "pkg": "package", "pmt": "payment",
    "ppl": "people", "ppr": "paper", "prc": "price", "precip": "precipitation", "prem": "premium",
    "prgm": "programme", "prio": "priority", "prod": "product", "proj": "project",
    "purch": "purchase", "pymnt": "payment", "pymt": "payment", "qty": "quantity", "quot": "quote",
    "rcvd": "received", "repl": "replacement", "reqd": "requested", "resp": "response",
    "rev": "revenue", "rgn": "region", "rptd": "reported", "rslt": "result", "rsn": "reason",
    "rtg": "rating", "rtn": "return", "rx": "prescription", "schd": "scheduled",
    "sched": "scheduled", "scr": "score", "seg": "segment", "shpd": "shipped", "sls": "sales",
    "snap": "snapshot", "spd": "speed", "sqft": "square feet", "sqm": "square metres",
    "src": "source", "srv": "service", "srvr": "server", "stat": "status", "stk": "stock",
    "stn": "station", "strt": "start", "sts": "status", "subj": "subject", "supp": "supplier",
    "suppl": "supplier", "svc": "service", "sz": "size", "temp": "temperature", "tix": "tickets",
    "tkt": "ticket", "tot": "total", "trtmt": "treatment", "trx": "transaction", "ts": "time",
    "ttl": "total", "txn": "transaction", "typ": "type", "tzone": "time zone", "usr": "user",
    "util": "utilisation", "val": "value", "veh": "vehicle", "vend": "vendor", "vhcl": "vehicle",
    "visib": "visibility", "vol": "volume", "vsl": "vessel", "warr": "warranty", "wgt": "weight",
    "whs": "warehouse", "whse": "warehouse", "wk": "week", "wkly": "weekly", "wrhs": "warehouse",
    "wt": "weight", "wty": "warranty", "xfer": "transfer", "yr": "year", "yrs": "years",
}  # fmt: skip
AMBIGUOUS = frozenset(
    {"arr", "cat", "cert", "cls", "ctr", "dep", "desc", "diag", "dist", "div", "est", "inv", "loc"}
    | {"occ", "org", "perf", "prod", "proj", "resp", "rev", "seg", "stat", "supp", "temp"}
    | {"ttl", "val", "vol", "stn", "prem"}
)
"""Short forms that the data or a question may mean otherwise: `dep` of departments or depots."""
_OF_PAPERS = r"(?= (?:no|number|id|line|date|status|value|total|type|header)\b|$)"
_AT_A_PLACE = r"(?= (?:hub|port|station|airport|city|country|zone|depot|site|branch|warehouse)\b)"
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
    (re.compile(r"^mins(?= )"), "minutes"),
    (re.compile(r"\blst(?= price\b)"), "list"),
    (re.compile(r"\bprom(?= (?:delivery|date|ship)\b)"), "promised"),
    (re.compile(rf"\borig{_AT_A_PLACE}"), "origin"),
    (re.compile(rf"^so{_OF_PAPERS}"), "sales order"),
    (re.compile(rf"^po{_OF_PAPERS}"), "purchase order"),
    (re.compile(rf"^wo{_OF_PAPERS}"), "work order"),
    (re.compile(r"\breq(?= (?:delivery|ship|date|by)\b)"), "required"),
    (re.compile(r"\bact(?= (?:delivery|arrival|departure|start|end|ship|date)\b)"), "actual"),
    (re.compile(r"\bshp(?= quantity$)"), "shipped"),
    (re.compile(r"(?<=quantity )order$"), "ordered"),
    (re.compile(r"(?<=quantity )shp$"), "shipped"),
    (re.compile(r"\bshp(?= date\b)"), "ship"),
    (re.compile(r"(?<=job )total$"), "title"),
)
"""Short forms that only their neighbours tell apart."""


def in_full(words: Iterable[str], told: Mapping[str, str] | None = None) -> str:
    """The words, in lower case, with short forms in full: `disc pct` is "discount percent".

    `told` are the short forms that the names of a space explain themselves.
    """
    known = {**SHORT, **(told or {})}
    phrase = " ".join(known.get(word) or _of_several(word, known) for word in words)
    phrase = phrase.replace("hrs", "hours")
    for pattern, full in _IN_PHRASES:
        phrase = pattern.sub(full, phrase)
    return phrase


def _of_several(word: str, known: Mapping[str, str]) -> str:
    """ "bkgs" are bookings."""
    one = known.get(word[:-1], "") if word.endswith("s") and len(word) > 3 else ""
    told = one and " " not in one and not one.endswith(("s", "y")) and word != "stats"
    return f"{one}s" if told else word
