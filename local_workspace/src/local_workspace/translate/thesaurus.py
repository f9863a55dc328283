"""Words that people use for one another; they count only where a space says nothing."""

from __future__ import annotations

NOUNS = (
    ("customer", "client", "buyer", "shopper", "consumer", "purchaser", "patron"),
    ("account", "customer", "client"),
    ("employee", "worker", "staff member", "staff", "colleague", "team member"),
    ("shipment", "consignment", "parcel", "package"),
    ("trip", "ride", "journey"),
    ("booking", "reservation", "stay"),
    ("match", "game", "fixture"),
    ("enrolment", "registration", "enrollment"),
    ("truck", "lorry"),
    ("lift", "elevator"),
    ("pharmacy", "chemist"),
    ("admission", "hospitalisation", "hospitalization", "hospital stay", "stay"),
    ("supplier", "vendor"),
    ("invoice", "bill"),
    ("order", "purchase"),
    ("ticket", "support case", "support request", "support ticket"),
    ("product", "article", "sku"),
    ("store", "shop", "branch", "outlet"),
    ("warehouse", "depot"),
    ("student", "pupil", "learner"),
    ("teacher", "instructor", "lecturer"),
    ("doctor", "physician", "clinician"),
    ("carrier", "haulier", "forwarder", "shipping company", "transport company"),
    ("movie", "film"),
    ("flat", "apartment"),
    ("neighbourhood", "neighborhood"),
    ("medication", "medicine", "drug"),
    ("med", "medication", "medicine", "drug"),
    ("visit", "appointment"),
)
"""Rows and the things that columns name. Near-equals only: no "user" for a customer."""

NARROWER = {
    "vehicle": ("car", "lorry", "truck", "van"),
    "title": ("film", "movie"),
    "consultant": ("recruiter", "adviser", "advisor"),
    "application": ("applicant", "candidate"),
    "claim": ("claimant",),
    "complaint": ("complainant",),
    "device": ("machine",),
    "asset": ("machine",),
}
"""What people call things of a sort, or those who did them, where the data knows no finer sorts."""

QUANTITIES = (
    ("revenue", "turnover", "takings", "income", "money", "proceeds"),
    ("sales", "turnover", "takings", "money"),
    ("cost", "expense", "expenditure", "bill", "outlay"),
    ("kwh", "energy", "consumption", "usage", "energy use", "energy consumption"),
    ("profit", "earnings"),
    ("headcount", "number of employees"),
    ("price", "selling price"),
    ("csat score", "satisfaction score", "satisfaction", "customer satisfaction"),
    ("csat", "satisfaction score", "satisfaction", "customer satisfaction"),
    ("paid amount", "payout", "amount paid", "amount paid out"),
    ("amount paid", "payout", "paid amount", "amount paid out"),
    ("room rate", "nightly rate", "daily rate", "rate per night", "daily room rate"),
    ("produced units", "output", "production"),
    ("units produced", "output", "production"),
    ("salary", "pay", "wage", "compensation"),
    ("fee", "charge", "commission"),
    ("weight", "tonnage"),
    ("distance", "mileage"),
    ("duration", "length", "time taken"),
    ("delay", "lateness"),
    ("temperature", "temp"),
    ("quantity", "units", "unit volume", "number of units"),
    ("rating", "score"),
    ("square feet", "size", "living area", "floor area", "floor space"),
    ("square metres", "size", "living area", "floor area", "floor space"),
    ("score", "mark", "test score", "exam score"),
    ("consumption", "usage", "use"),
    ("population", "inhabitants", "residents"),
    ("area", "surface"),
    ("budget", "allocated budget"),
)

KINDS = (
    ("region", "territory", "area", "zone"),
    ("country", "nation"),
    ("city", "town"),
    ("category", "product group", "product line"),
    ("industry", "sector", "vertical"),
    ("plan", "tier", "package"),
    ("department", "dept", "division"),
    ("gender", "sex"),
    ("channel", "sales channel"),
    ("diagnosis", "condition", "illness", "disease"),
    ("status", "state of"),
    ("manufacturer", "maker", "brand"),
    ("colour", "color"),
    ("postcode", "postal code", "zip code", "zip"),
    ("transport", "transport mode", "mode of transport"),
    ("membership", "membership type"),
    ("mode", "mode of transport", "means of transport"),
    ("payment method", "payment type", "method of payment"),
    ("pay method", "payment method", "payment type", "method of payment"),
    ("job title", "position", "role"),
)

VALUES = (
    ("female", "f", "women", "woman", "females", "girls"),
    ("male", "m", "men", "man", "males", "boys"),
    ("emergency", "emergencies"),
    ("in-store", "in store", "instore", "offline", "in-shop"),
    ("online", "web", "internet", "ecommerce", "e-commerce"),
    ("full-time", "full time", "fulltime"),
    ("part-time", "part time", "parttime"),
    ("truck", "lorry"),
    ("petrol", "gasoline"),
    ("apartment", "flat"),
    ("mobile", "cell phone", "mobile phone", "phone"),
    ("undergraduate", "undergrad"),
    ("postgraduate", "postgrad"),
    ("cancelled", "called off"),
    ("completed", "finished"),
    ("in", "incoming", "inbound"),
    ("out", "outgoing", "outbound"),
)


STATES = (
    ("finished", "completed", "complete"),
    ("damaged", "broken"),
    ("attended", "turned up", "showed up"),
    ("returned", "sent back"),
    ("renewed", "extended"),
)
"""What a yes-or-no column says of rows."""


def states_like(word: str) -> tuple[str, ...]:
    """Other words for what a yes-or-no column says."""
    return _like(word, STATES)


def nouns_like(word: str) -> tuple[str, ...]:
    """Other words for a thing or a row."""
    return _like(word, (*NOUNS, *KINDS))


def narrower(word: str) -> tuple[str, ...]:
    """Words for things of that sort that hold for all of them where no sorts are told apart."""
    return NARROWER.get(word, ())


def quantities_like(word: str) -> tuple[str, ...]:
    """Other words for a measure."""
    return _like(word, QUANTITIES)


SIZES = {
    "XS": ("extra small", "very small"), "S": ("small",), "M": ("medium", "mid-size"),
    "L": ("large", "big"), "XL": ("extra large", "very large"), "XXL": ("extra extra large",),
}  # fmt: skip
"""Codes of a column of sizes."""


def values_like(value: str, label: str) -> tuple[str, ...]:
    """Other words for a value that a column holds; a lone letter is a gender only in its column."""
    if "size" in label.lower().split() and value.upper() in SIZES:
        return SIZES[value.upper()]
    if len(value) == 1 and not {"gender", "sex"} & set(label.lower().split()):
        return ()
    return tuple(w for w in _like(value.lower(), VALUES) if len(w) > 1)


def _like(word: str, families: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for f in families if word in f for w in f if w != word))
