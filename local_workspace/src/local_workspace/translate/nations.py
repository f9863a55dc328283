"""Countries by code, name and people, so that "Brits vs Germans" finds GB and DE."""

from __future__ import annotations

# ISO codes | names | what their people and things are called. English plurals are made by rule.
_TABLE = """
AE ARE|united arab emirates,uae,emirates|emirati
AR ARG|argentina|argentine,argentinian
AT AUT|austria|austrian
AU AUS|australia|australian,aussie
BE BEL|belgium|belgian
BG BGR|bulgaria|bulgarian
BR BRA|brazil|brazilian
CA CAN|canada|canadian
CH CHE|switzerland|swiss
CL CHL|chile|chilean
CN CHN|china|chinese
CO COL|colombia|colombian
CY CYP|cyprus|cypriot
CZ CZE|czech republic,czechia|czech
DE DEU GER|germany,deutschland|german
DK DNK|denmark|danish,dane
EE EST|estonia|estonian
EG EGY|egypt|egyptian
ES ESP|spain|spanish,spaniard
FI FIN|finland|finnish,finn
FR FRA|france|french
GB GBR|united kingdom,uk,great britain,britain|british,brit,briton
GR GRC|greece|greek
HR HRV|croatia|croatian,croat
HU HUN|hungary|hungarian
ID IDN|indonesia|indonesian
IE IRL|ireland|irish
IL ISR|israel|israeli
IN IND|india|indian
IS ISL|iceland|icelandic,icelander
IT ITA|italy|italian
JP JPN|japan|japanese
KE KEN|kenya|kenyan
KR KOR|south korea,korea|korean,south korean
LT LTU|lithuania|lithuanian
LU LUX|luxembourg|luxembourger
LV LVA|latvia|latvian
MA MAR|morocco|moroccan
MT MLT|malta|maltese
MX MEX|mexico|mexican
MY MYS|malaysia|malaysian
NG NGA|nigeria|nigerian
NL NLD|netherlands,the netherlands,holland|dutch,dutchman
NO NOR|norway|norwegian
NZ NZL|new zealand|new zealander,kiwi
PE PER|peru|peruvian
PH PHL|philippines|filipino,philippine
PK PAK|pakistan|pakistani
PL POL|poland|polish,pole
PT PRT|portugal|portuguese
RO ROU|romania|romanian
RS SRB|serbia|serbian,serb
RU RUS|russia|russian
SA SAU|saudi arabia|saudi
SE SWE|sweden|swedish,swede
SG SGP|singapore|singaporean
SI SVN|slovenia|slovenian,slovene
SK SVK|slovakia|slovak,slovakian
TH THA|thailand|thai
TN TUN|tunisia|tunisian
TR TUR|turkey,turkiye|turkish,turk
TW TWN|taiwan|taiwanese
UA UKR|ukraine|ukrainian
US USA|united states,united states of america,america|american
VN VNM|vietnam|vietnamese
ZA ZAF|south africa|south african
"""
_STATES = """
AL alabama,AK alaska,AZ arizona,AR arkansas,CA california,CO colorado,CT connecticut,DE delaware,
FL florida,GA georgia,HI hawaii,ID idaho,IL illinois,IN indiana,IA iowa,KS kansas,KY kentucky,
LA louisiana,ME maine,MD maryland,MA massachusetts,MI michigan,MN minnesota,MS mississippi,
MO missouri,MT montana,NE nebraska,NV nevada,NH new hampshire,NJ new jersey,NM new mexico,
NY new york,NC north carolina,ND north dakota,OH ohio,OK oklahoma,OR oregon,PA pennsylvania,
RI rhode island,SC south carolina,SD south dakota,TN tennessee,TX texas,UT utah,VT vermont,
VA virginia,WA washington,WV west virginia,WI wisconsin,WY wyoming
"""
_ROWS = [line.split("|") for line in _TABLE.split("\n") if line]
_COUNTRY = {
    code: (tuple(names.split(",")), tuple(people.split(",")))
    for codes, names, people in _ROWS
    for code in codes.split(" ")
}
_NAMED = {name: found for found in _COUNTRY.values() for name in found[0]}
_STATE = dict(entry.strip().split(" ", 1) for entry in _STATES.replace("\n", "").split(","))
_PLACES = frozenset({"country", "nation", "nationality", "market", "citizenship", "countries"})


def nation_words(value: str, label: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """Other words for a value that is a country or a state, among the values of its column.

    A code is one only where the column says so or holds nothing but codes of countries.
    """
    words = set(label.lower().split())
    if words & {"state", "st"} and set(values) <= set(_STATE):
        return (_STATE[value],)
    coded = words & _PLACES or (len(values) > 2 and set(values) <= set(_COUNTRY))
    known = _COUNTRY.get(value) if coded else None
    names, people = known or _NAMED.get(value.lower()) or ((), ())
    if not known and not words & _PLACES:
        names = ()
    names = tuple(name for name in names if name != value.lower())
    plurals = tuple(f"{p}s" for p in people if not p.endswith(("sh", "s", "ch", "ese", "man")))
    return (*names, *people, *plurals)
