"""What people call the countries that a column holds: by name, by code, by who lives there."""

from __future__ import annotations

from functools import cache

_COUNTRIES = """
at aut: austria, austrian
au aus: australia, australian
be bel: belgium, belgian
br bra: brazil, brazilian
ca can: canada, canadian
ch che: switzerland, swiss
cn chn: china, chinese
cz cze: czechia, czech republic, czech
de deu ger: germany, german
dk dnk: denmark, danish, dane
eg egy: egypt, egyptian
es esp: spain, spanish, spaniard
fi fin: finland, finnish, finn
fr fra: france, french
gb gbr uk: united kingdom, great britain, britain, british, brit
gr grc: greece, greek
hu hun: hungary, hungarian
ie irl: ireland, irish
in ind: india, indian
it ita: italy, italian
jp jpn: japan, japanese
ke ken: kenya, kenyan
kr kor: south korea, korea, korean
mx mex: mexico, mexican
ng nga: nigeria, nigerian
nl nld: netherlands, the netherlands, holland, dutch
no nor: norway, norwegian
nz nzl: new zealand
pl pol: poland, polish, pole
pt prt: portugal, portuguese
ro rou: romania, romanian
se swe: sweden, swedish, swede
sg sgp: singapore
tr tur: turkey, turkish, turk
ua ukr: ukraine, ukrainian
us usa: united states, united states of america, america, american
za zaf: south africa, south african
"""
_LABELS = frozenset({"country", "nation", "nationality", "market", "citizenship"})


def country_words(value: str, label: str) -> tuple[str, ...]:
    """Names and adjectives of the country; nothing for a column that does not hold countries."""
    if not _LABELS & set(label.lower().split()):
        return ()
    names = _by_any_name().get(value.lower(), ())
    return tuple(name for name in names if name != value.lower())


@cache
def _by_any_name() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in filter(None, _COUNTRIES.split("\n")):
        codes, _, names = line.partition(": ")
        words = tuple(names.split(", "))
        plurals = tuple(f"{word}s" for word in words[1:] if word.endswith(("an", "k", "it", "e")))
        for name in (*codes.split(), *words):
            found[name] = (*words, *plurals)
    return found
