# ruff: noqa: SIM905, E501 - word lists read best as they are
"""Claim words of English."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.shape import Lexicon, PeriodWord, Quantity


def _words(text: str) -> re.Pattern[str]:
    """A pattern for any of the words or phrases, which may be patterns themselves."""
    return re.compile(r"(?<![\w⟦])(?:" + "|".join(text.split("; ")) + r")(?![\w⟧])")


_ABOUT = r"(?:about|around|roughly|nearly|almost|close to|some|approximately|just under|just over)"
_INFINITY = float("inf")


def _fraction(words: str, value: float) -> tuple[Quantity, ...]:
    near = 0.05 if value >= 0.3 else 0.03
    return (
        Quantity(_words(rf"(?:more than|over|above|exceed(?:s|ed|ing)?) {words}"), value, 1.0),
        Quantity(_words(rf"(?:less|fewer) than {words}; (?:under|below) {words}"), 0.0, value),
        Quantity(_words(rf"{_ABOUT} {words}"), value - near, value + near),
        Quantity(_words(words), value - 0.02, value + 0.02),
    )


def _multiple(words: str, value: float) -> tuple[Quantity, ...]:
    return (
        Quantity(_words(rf"(?:more than|over) {words}"), value, _INFINITY),
        Quantity(_words(rf"(?:less than|under) {words}"), 0.0, value),
        Quantity(_words(rf"{_ABOUT} {words}"), value * 0.87, value * 1.13),
        Quantity(_words(words), value * 0.95, value * 1.05),
    )


_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_SHORT = "jan feb mar apr jun jul aug sep sept oct nov dec".split()
_SHORT_NUMBERS = (1, 2, 3, 4, 6, 7, 8, 9, 9, 10, 11, 12)
_COUNTS = "two three four five six seven eight nine ten eleven twelve".split()

ENGLISH = Lexicon(
    language="en",
    up=_words(
        "rose; rises?; risen; rising; grew; grows?; grown; growing; increas(?:e|es|ed|ing)(?! of 0); "
        "climb(?:s|ed|ing)?; jump(?:s|ed|ing)?; surg(?:e|es|ed|ing); soar(?:s|ed|ing)?; "
        "rebound(?:s|ed|ing)?; recover(?:s|ed|ing|y)?; gain(?:s|ed|ing)?; "
        "buil(?:d|ds|t|ding)[- ]?up; buil(?:d|ds|t|ding) (?:through|over|during|daily|up); upward; "
        "accelerat(?:e|es|ed|ing); expand(?:s|ed|ing)?; growth; went up; going up; goes up; "
        "advanc(?:e|es|ed|ing); escalat(?:e|es|ed|ing); tick(?:s|ed) up; "
        "higher(?! than)(?= over| each| every| by | since)"
    ),
    down=_words(
        "fell; falls?; fallen; falling; declin(?:e|es|ed|ing); dropp(?:ed|ing); drops?; "
        "decreas(?:e|es|ed|ing); eas(?:e|ed|es|ing); shr[aiu]nk(?:s|ing)?; slid(?:e|es|ing)?; "
        "slump(?:s|ed|ing)?; plung(?:e|es|ed|ing); reduc(?:ed|es|ing|tion); downward; went down; "
        "going down; goes down; dipp(?:ed|ing); dips?; sank; sinks?; contract(?:s|ed|ing); "
        "diminish(?:es|ed|ing)?; subsid(?:e|es|ed|ing); recede[ds]?; tumbl(?:e|es|ed|ing); "
        "plummet(?:s|ed|ing)?; lower(?! than)(?= over| each| every| by | since)"
    ),
    flat=_words(
        "flat; stable; steady; unchanged; constant; held (?:steady|at|firm); holds steady; "
        "plateau(?:s|ed)?; stagnat(?:e|es|ed|ing); no clear trend; hardly (?:moved|changed); "
        "(?:remained|stayed) (?:the same|level)"
    ),
    highest=_words(
        "highest; largest; biggest; longest; greatest; maximum; peak(?:s|ed|ing)?; "
        "top(?:s|ped)?(?! \\d| \\w+s\\b); leads?(?! to| time); led(?! to); leader; leading; "
        "came first; comes first; ranks? first; ranked first; first place; number one; "
        "(?:the|is|are|was|were|its|their) most(?! (?:punctual|reliable|efficient|stable)); strongest; heaviest; busiest; record(?= high); "
        "slowest; latest(?= departures); hottest; steepest; widest; tallest; oldest; priciest; "
        "most (?:delayed|expensive|affected|frequent|common|important|valuable|profitable|popular)"
    ),
    lowest=_words(
        "lowest; smallest; shortest; minimum; trough(?:s|ed)?; bottom(?:s|ed)?; fewest; weakest; "
        "(?:the|is|are|was|were|its|their) least; least (?:delayed|expensive|affected|frequent); "
        "record low; lightest; quietest; calmest; (?:the|a|marked the|⟦\\d+⟧) low(?! \\w+s\\b); "
        "ranks? last; ranked last; came last; comes last; last place; slightest; narrowest; "
        "cheapest; coldest; youngest"
    ),
    best=_words(
        "best; most (?:favou?rable|punctual|reliable|efficient); sweet spot; bright spot; strong point; fastest; healthiest"
    ),
    worst=_words(
        "worst; least (?:favou?rable|punctual|reliable|efficient); weak (?:spot|point)s?; bottleneck; pain point; poorest"
    ),
    greater=_words(
        "above; more than; greater than; exceed(?:s|ed|ing)?; ahead of; "
        "surpass(?:es|ed)?; outweigh(?:s|ed)?; over(?= the (?:overall|mean|average)); "
        "(?:higher|larger|longer|bigger|greater|slower|later|more|stronger|older|wider)"
        "(?: [\\w⟦⟧]+){0,4} than; well above; far above"
    ),
    smaller=_words(
        "below; less than; fewer than; short of; small next to; small against; "
        "small compared (?:with|to); (?<!what )(?<!what lies )(?<!what is )(?<!lag )(?<!lags )(?<!lagged )behind; under(?= ⟦); "
        "(?:lower|smaller|shorter|less|fewer|faster|weaker|younger|narrower)"
        "(?: [\\w⟦⟧]+){0,4} than"
    ),
    timely=_words("ahead of; behind"),
    better=_words("better than; outperform(?:s|ed)?; beats?; beat"),
    worse=_words("worse than; underperform(?:s|ed)?; trail(?:s|ed)?; lag(?:s|ged)?"),
    improving=_words(
        "improv(?:e|es|ed|ing|ement); (?:getting|got|gets|became|becoming|turned) better"
    ),
    worsening=_words(
        "worsen(?:s|ed|ing)?; deteriorat(?:e|es|ed|ing|ion); "
        "(?:getting|got|gets|became|becoming|turned) worse"
    ),
    equal=_words(
        "equal(?:ly|led|s)?; identical; as (?:high|low|long|large|late|small|many|much) as; "
        "on (?:a )?par; the same (?:level|delay|value|average|mean|share|amount|number)"
    ),
    rank_change=_words("overtook; overtak(?:e|en|es|ing); lost (?:the|its) lead; took the lead"),
    differs_less=_words(
        "(?:differ|differs|differed|vary|varies|varied|matter|matters|mattered|swing|swings) less"
    ),
    differs_more=_words(
        "(?:differ|differs|differed|vary|varies|varied|matter|matters|mattered|swing|swings) more"
    ),
    spread_nouns=_words(
        "gaps?; spreads?; swings?; ranges?; differences?; contrasts?; variations?; variability; "
        "dispersion"
    ),
    quantities=(
        *_fraction("(?:a |one )?half(?: of)?", 0.5),
        *_fraction("two[- ]thirds(?: of)?", 2 / 3),
        *_fraction("three[- ]quarters(?: of)?", 0.75),
        *_fraction("(?:a|one)[- ]third(?: of)?", 1 / 3),
        *_fraction("(?:a|one)[- ]quarter(?: of)?", 0.25),
        *_fraction("(?:a|one)[- ]fifth(?: of)?", 0.2),
        *_fraction("(?:a|one)[- ]tenth(?: of)?", 0.1),
        *_fraction("one in two", 0.5),
        *_fraction("one in three", 1 / 3),
        *_fraction("one in four", 0.25),
        *_fraction("one in five", 0.2),
        *_fraction("one in ten", 0.1),
        Quantity(_words("(?:the |a )?vast majority; nearly all; almost all"), 0.9, 1.0),
        Quantity(_words("(?:the |a )?(?:large |clear )?majority; mainly; mostly"), 0.5000001, 1.0),
        Quantity(
            re.compile(
                r"(?<!the )(?<!at )(?<!is )(?<!are )(?<!was )(?<!were )(?<!its )(?<!their )"
                r"(?<!\w)most(?: of)? (?!recent|likely|delayed|expensive|affected|frequent|common"
                r"|important|valuable|profitable|popular|punctual|reliable|favou)"
            ),
            0.5000001,
            1.0,
        ),
        Quantity(_words("a (?:small )?minority"), 0.0, 0.4999999),
    ),
    multiples=(
        *_multiple("(?:twice|double|doubled|doubles|doubling|twofold|two times)", 2.0),
        *_multiple("(?:three times|triple|tripled|triples|threefold|thrice)", 3.0),
        *_multiple("(?:four times|quadruple|quadrupled|fourfold)", 4.0),
        *_multiple("(?:five times|fivefold)", 5.0),
        *_multiple("(?:six times|sixfold)", 6.0),
        *_multiple("(?:ten times|tenfold)", 10.0),
        Quantity(_words("halv(?:ed|es|ing)"), 0.45, 0.55),
    ),
    # Any word that some quantity or multiple holds: the long lists are read only then.
    quantity_hint=re.compile(
        r"half|hal[fv]|third|quarter|fifth|tenth|one in|major|minor|mainly|most|all|twice|doubl|"
        r"two|three|four|five|six|ten|tripl|thrice|quadrupl|fold"
    ),
    each=_words("each; both; every; all"),
    universal=_words(
        "both; each(?! other); every; all; always; (?<!that )(?<!who )never; none; nobody; without exception; "
        "only ⟦\\d+⟧ (?:rose|fell|grew|declined|exceeds|exceeded|had|has|was|is); the only; "
        "everywhere; throughout; "
        "no (?!clear|such|causal|further|cause|statement|finding|pattern|trend|conclusion|data|result)\\w+ (?:was|were|is|are|had|has|exceed\\w*|reach\\w*|fell|rose); "
        "no (?:single |other )?(?:group|region|airline|airport|carrier|month|day|hour|"
        "year|quarter|week|product|category|segment|channel|store|customer|country|city|team)s?(?!-); "
        "(?<!than )ever(?! more); for the first time; in history; on record; "
        "across the board; without fail; invariably; consistently; entire(?:ly)?; anywhere"
    ),
    scope=_words(
        "(?:across|of|for|over|in|among|to) all(?: of)?(?: the)?; all(?: \\w+){0,2} (?:shown|listed); "
        "at all; above all; all in all; all at once; only all; the entire"
    ),
    earlier_first=_words(
        "followed by; before; (?<!until )(?<!since )then; ahead of(?= ⟦); prior to; leading up to"
    ),
    later_first=_words("after; preceded by; following; later than; subsequent to"),
    consecutive=_words("consecutive; successive; back-to-back; in a row; two days running"),
    since=_words(
        "since(?= ⟦| (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\\d|the (?:start|beginning|spring|summer|autumn|winter|peak|low)|then|"
        "early|mid|late|last|spring|summer|autumn|winter))"
    ),
    until=_words("until; till; up to(?= ⟦| jan| feb| mar| apr| may| jun| jul| aug| sep| oct| nov)"),
    unusual=_words(
        "outliers?; exceptional(?:ly)?; unusual(?:ly)?; extreme(?:ly)?; anomal(?:y|ies|ous); "
        "unprecedented; abnormal(?:ly)?; far outside; spik(?:e|es|ed|ing); stands? out; stood out; atypical"
    ),
    ordinary=_words("(?:an?|the|was|were|is|are) (?:normal|ordinary|typical|unremarkable)"),
    cause=_words(
        "caused by; because of; due to; driven by; drives?; drove; thanks to; as a result of; "
        "led to; leads to; responsible for; owing to; explains?; explained by; caused; causes; "
        "results? from; resulted from; attributable to"
    ),
    forecast=_words(
        "will (?:rise|fall|grow|increase|decrease|decline|drop|continue|reach|exceed|remain|be|keep)"
        "; is expected to; are expected to; forecast(?:s|ed)?; is projected to; are projected to; "
        "is going to; is likely to; are likely to; next (?:year|month|quarter)"
    ),
    hedge=_words(
        "not; may; might; could; would; whether; what; why; if; possible; hypothesis; "
        "consistent with; investigate; test; review; find out; cannot; question; understand; "
        "examine; check; identify; ask"
    ),
    negation=_words(
        "not; no; never; nor; neither; without; hardly; isn't; aren't; wasn't; weren't; "
        "doesn't; don't; didn't; cannot; can't; rather than"
    ),
    ordinal=_words("(?:second|third|fourth|fifth)[- ](?:highest|largest|lowest|smallest|place)"),
    magnitudes=(
        Quantity(_words("(?:a )?few dozen"), 24, 100),
        Quantity(_words("(?:a )?few hundred"), 200, 999),
        Quantity(_words("(?:a )?few thousand"), 2_000, 9_999),
        Quantity(_words("tens of thousands of"), 2e4, 1e5),
        Quantity(_words("dozens of"), 24, 200),
        Quantity(_words("hundreds of(?! thousands| millions)"), 200, 2_000),
        Quantity(_words("(?<!of )thousands of"), 2_000, 1e6),
        Quantity(_words("hundreds of thousands of"), 2e5, 2e6),
        Quantity(_words("(?<!of )millions of"), 2e6, 1e9),
        Quantity(_words("billions of"), 2e9, 1e13),
    ),
    number_words={word: number for number, word in enumerate(_COUNTS, 2)},
    months={
        **{name: number for number, name in enumerate(_MONTHS, 1) if name != "may"},
        **dict(zip(_SHORT, _SHORT_NUMBERS, strict=True)),
    },
    periods=(
        PeriodWord(_words("summer(?:s|time)?; midsummer"), months=frozenset({6, 7, 8})),
        PeriodWord(_words("autumn; fall(?= season| months)"), months=frozenset({9, 10, 11})),
        PeriodWord(_words("winter(?:s|time)?; midwinter"), months=frozenset({12, 1, 2})),
        PeriodWord(_words("spring(?:time)?"), months=frozenset({3, 4, 5})),
        PeriodWord(
            _words("year[- ]end; end of the year; (?:final|last) month of the year; christmas"),
            months=frozenset({12}),
        ),
        PeriodWord(
            _words("(?:in|of|by|on|since|until|during|from|through|early|late|last|this) may"),
            months=frozenset({5}),
        ),
        PeriodWord(_words("mornings?"), hours=frozenset(range(4, 12))),
        PeriodWord(_words("midday; noon"), hours=frozenset(range(11, 15))),
        PeriodWord(_words("afternoons?"), hours=frozenset(range(12, 19))),
        PeriodWord(_words("evenings?"), hours=frozenset(range(17, 24))),
        PeriodWord(
            _words("nights?; midnight"), hours=frozenset({20, 21, 22, 23, 0, 1, 2, 3, 4, 5})
        ),
    ),
    units={
        "minute": "min",
        "minutes": "min",
        "min": "min",
        "mins": "min",
        "hour": "h",
        "hours": "h",
        "h": "h",
        "second": "s",
        "seconds": "s",
        "s": "s",
        "ms": "ms",
        "days": "days",
        "weeks": "weeks",
        "%": "%",
        "percent": "%",
        "pp": "pp",
        "points": "pp",
        "percentage": "%",
        "miles": "mi",
        "mi": "mi",
        "km": "km",
        "kg": "kg",
        "dollars": "USD",
        "usd": "USD",
        "euros": "EUR",
        "eur": "EUR",
        "pounds": "GBP",
        "gbp": "GBP",
        "times": "×",
        "×": "×",
        "x": "×",
        "k": "k",
        "m": "m",
        "bn": "bn",
        "thousand": "k",
        "million": "m",
        "billion": "bn",
    },
    function_words=frozenset(
        "the a an of to in and is are was were at on for with by from as it its this that than but "
        "or not be has have had over under per between during each all both their they more less "
        "only when where which while who so first among across these those cannot can why how what "
        "does do did we our may should there no any some such very after before until them he she".split()
    ),
    several=_words("both; two"),
    based_on=re.compile(
        r"⟦(\d+)⟧,?\s+(?:but\s+)?(?:across|on|over|from|based on)\s+(?:only\s+|just\s+)?⟦(\d+)⟧"
    ),
    rank_of=re.compile(r"\s*(?:of|at)\s+(?:just\s+|only\s+)?⟦(\d+)⟧"),
    ordinal_low=_words("\\w+[- ](?:lowest|smallest)"),
    clause_break=re.compile(
        r"[,;:.!?—–]\s+|\s+(?:and|but|while|whereas|which|though|although|yet|against)\s+|\s[-–—]\s"
    ),
    at_words=re.compile(r"\s*(?:at|in|on|for|by|during)\s+(?:the\s+)?(?:week of\s+)?⟦(\d+)⟧"),
    level_verbs=re.compile(
        r"\s+(?:departures\s+|flights\s+)?(?:averages?|averaged|had|has|reached|reaches|recorded|"
        r"records|posted|posts|saw|sees|is at|was at|stood at|stands at|at|with|totalled|totals|"
        r"came to|made|makes|showed|shows|average)\s+(?:an?\s+|the\s+|only\s+|just\s+|about\s+)*⟦(\d+)⟧"
    ),
    attribution_stops=_words(
        "against; versus; vs; than; from; to; compared; above; below; while; whereas; but; and; low; "
        "lows; yearly; overall"
    ),
)
