# ruff: noqa: SIM905
"""Words of questions that name nothing in the data."""

from __future__ import annotations

from difflib import get_close_matches

from aislides_analyst.planning.words import stem

_PLAIN = (
    "second third fourth fifth "
    "distinct different unique serve serves served first last next n pls plz thx hey please "
    "placed made created arrive arrives arrived "
    "sell sells selling sold buy buys buying bought "
    "a an the this that these those it its itself they them their there here we our us ours "
    "you your i my me mine one ones he she his her and or but nor so then than as if when "
    "while because is are was were be been being am do does did done doing have has had "
    "having can could will would shall should may might must let lets not no yes please "
    "kindly thanks thank hello hi of in on at by for from to with without within into onto "
    "over under between among across through during after before since until till per via "
    "about around against versus vs compared relative up down out off again further only just "
    "also too very really quite rather even still already "
    "fewer slower quicker faster cheaper dearer below above shrink shrank shrunk shrinking "
    "expand expanded expanding exception exceptions broad broadly widespread wide "
    "what which who whom whose where "
    "when why how whether all any each every both few more most other some such own same "
    "several various different many much lot lots less least show tell give get list find "
    "display present provide report explain describe analyse analyze analysis examine explore "
    "investigate review study understand know see look looking like want wants need needs "
    "help make makes create build prepare draw plot chart graph table slide slides deck "
    "presentation overview summary summarise summarize insight insights picture story detail "
    "details detailed information info data dataset figure figures number numbers statistic "
    "statistics result results answer question finding findings key main major important "
    "interesting relevant biggest management manager managers board executive executives team "
    "teams company business leadership stakeholder stakeholders audience meeting briefing "
    "develop developed development developing evolve evolved evolution change changed changes "
    "changing trend trends trending move moved movement vary varies varied variation "
    "variations differ differs difference differences different compare compared comparison "
    "comparing contrast behave behaviour pattern patterns grow grew grown growth growing rise "
    "rose risen rising increase increased increases increasing decrease decreased decreasing "
    "decline declined declining drop dropped dropping fall fell fallen falling improve "
    "improved improving improvement worsen worsened worse better get getting got gotten drive "
    "drives drove driven driver drivers driving cause causes caused causing reason reasons "
    "contribute contributes contributed contributing contribution contributor contributors "
    "affect affects affected influence influences influenced impact impacts explain explains "
    "behind responsible account accounts happen happened happening go going gone went come "
    "came perform performs performed performance performing do doing status state situation "
    "current currently recent recently latest overall total general generally typical "
    "typically normal normally usual usually highest lowest best worst largest smallest top "
    "bottom high low large small big long short longest shortest fast slow great greatest "
    "strong strongest weak weakest leading lead leads most least rank ranked ranking good bad "
    "well badly problem problems issue issues concern concerns focus attention stand stands "
    "outlier outliers unusual exceptional anomaly anomalies peak peaks peaked spike spikes "
    "break breakdown broken split splits distribution distributed spread share shares "
    "proportion percentage percent ratio rate part parts fraction average averages mean "
    "median sum count typical minimum maximum min max time times over period periods date "
    "dates history historical past year years month months week weeks day days quarter "
    "quarters hour hours season seasons seasonal seasonality today yesterday now depend "
    "depends depending relate relates related relationship correlate correlation effect "
    "effects kind kinds type types sort group groups category-wise level levels amount "
    "amounts value values much many there's what's how's where's who's any biggest roughly "
    "exactly approximately concentrate concentrated concentration lose losing gain gaining "
    "gains turn turned keep kept remain remained become became set use used using "
    "common commonly often frequently frequent frequency rarely high-level deep dive top- "
    "level side sides point points view quick short brief did does say says said think should "
    "could would matter matters use responsible worry worried hold holds held hit hits hurt "
    "hurts suffer suffers suffered shape look looks looked vary run runs running ran work "
    "works worked take takes took lose lost stop start "
    "continue people say money weigh weighs efficient efficiency "
    "effective marketing business"
).split()

FILLERS = frozenset(_PLAIN)
_LONG = [w for w in _PLAIN if len(w) > 5]
_STEMS = frozenset(stem(w) for w in _PLAIN if len(w) > 3)


def is_mistyped_filler(lower: str) -> bool:
    """True for "avarage": a slip of the keyboard away from a word that names nothing."""
    return len(lower) > 5 and bool(get_close_matches(lower, _LONG, n=1, cutoff=0.85))


def is_filler(lower: str) -> bool:
    """True for a word that names nothing in the data, adverbs in -ly included."""
    return (
        lower in FILLERS
        or ("-" in lower and all(part in FILLERS for part in lower.split("-")))
        or (len(lower) > 4 and stem(lower) in _STEMS)
        or (lower.endswith("ly") and len(lower) > 5 and lower not in ("family", "supply"))
    )
