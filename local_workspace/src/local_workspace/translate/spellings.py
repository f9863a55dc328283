"""British and American spellings of one word."""

from __future__ import annotations

import re

_WORDS = {
    "cancelation": "cancellation", "cancelations": "cancellations", "enrollment": "enrolment",
    "enrollments": "enrolments", "program": "programme", "programs": "programmes",
    "installment": "instalment", "installments": "instalments", "fulfillment": "fulfilment",
    "jewelry": "jewellery", "license": "licence", "licenses": "licences", "defense": "defence",
    "offense": "offence", "gray": "grey", "tire": "tyre", "tires": "tyres", "aluminum": "aluminium",
    "catalog": "catalogue", "catalogs": "catalogues", "dialog": "dialogue",
    "analyze": "analyse", "analyzed": "analysed", "pediatric": "paediatric",
    "pediatrics": "paediatrics", "anesthesia": "anaesthesia", "orthopedics": "orthopaedics",
    "orthopedic": "orthopaedic", "airplane": "aeroplane", "airplanes": "aeroplanes",
}  # fmt: skip
_OUR = re.compile(
    r"(col|lab|harb|neighb|behavi|fav|hon|flav|vap|od|rum|arm|hum|parl|sav|vig)or(?=s?$|ed|ing|hood|ite)"
)
_RE = re.compile(r"(cent|theat|fib|lit|met|kilomet|centimet|millimet|calib|lust|somb)er(?=s?$)")
_LL = re.compile(r"(cance|trave|labe|mode|leve|fue|counse|channe|signa|tota)l(?=ed$|ing$|er$|ers$)")
_ISE = re.compile(r"(?<=[a-z]{3})iz(?=e$|es$|ed$|ing$|ation$|ations$|er$|ers$)")
_NO_ISE = frozenset({"capsize", "capsized", "resize", "resized", "oversize", "oversized"})


def british(word: str) -> str:
    """The British spelling of a lower-case word, or the word itself."""
    if word in _WORDS:
        return _WORDS[word]
    if word in _NO_ISE:
        return word
    word = _OUR.sub(r"\1our", word)
    word = _RE.sub(r"\1re", word)
    word = _LL.sub(r"\1ll", word)
    return _ISE.sub("is", word)
