# ruff: noqa: E501, SIM905 - patterns read best on one line
"""English words right around a figure, and between names: what they make of both."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.en_spans import COUNTS
from orchestrator_svc.verify.lexicon.shape_frames import FrameWords

_NEARLY = r"(?:(?:about|around|roughly|nearly|almost|only|just|some|exactly|at least|an?|a further|another|well over|more than|less than|over|under)\s+)*"

FRAMES = FrameWords(
    by=re.compile(rf"\bby\s+{_NEARLY}$"),
    followed=frozenset(
        ("followed", "preceded", "divided", "split", "month", "week", "day", "year", "hour")
    ),
    at=re.compile(rf"\b(?:at|reach(?:ed|es|ing)?|total(?:s|led)|averag(?:es|ed))\s+{_NEARLY}$"),
    of_a_move=re.compile(
        r"\b(?:gap|lead|swing|difference|distance|margin|spread|change|growth|rise|increase|gain|fall|decline|drop|decrease|improvement|effect|pace|rate|part|contribution|moves?|rose|fell|grew|grow(?:s|ing)?|ris(?:es|ing)|fall(?:s|ing)|declin\w+|climb\w*|trend\w*|shr[aiu]nk\w*|increas\w+|decreas\w+|drift\w*|eas(?:es|ed|ing)|improv\w+|wors\w+)\b[^.;]*$"
    ),
    compared=re.compile(r"⟦\d+⟧ (?:more|less|fewer|above|below|ahead|behind|[a-z]+er)\b"),
    over_usual=re.compile(
        r"⟦\d+⟧ (?:more|less|fewer|over|above|below|under|beyond|[a-z]+er)(?: than)? (?:the |its |is )?(?:usual|normal|typical|ordinary)"
    ),
    unusually=re.compile(
        r"\b(?:unusually|exceptionally|extraordinarily|abnormally|extremely|remarkably|strikingly|very|so|too|(?:an?|the) (?:unusual|exceptional|extreme|abnormal)(?:ly)?) (high|many|much|large|big|heavy|busy|strong|long|low|few|little|small|light|quiet|weak|short)\b"
    ),
    much=frozenset("high many much large big heavy busy strong long".split()),
    clearly=re.compile(r"\b(?:noticeably|clearly|markedly|significantly|substantially|visibly)\b"),
    dissuading=re.compile(
        r"\s*(?:do not|don't|please do not|never|ignore|leave|exclude|disregard|set aside|discount|read|treat|interpret)\b"
    ),
    persons=frozenset(
        "people customers users clients guests callers visitors shoppers buyers viewers drivers residents households staff workers employees students patients passengers members subscribers readers players families citizens tenants owners sellers travellers candidates applicants colleagues agents doctors nurses teachers".split()
    ),
    usual_one=re.compile(
        r"\b(?:usual|typical|normal|ordinary|average|common|everyday)\b(?![^.;⟦]*\b(?:than|times|of|from|against|instead|versus|above|below|not)\b)[^.;⟦]*$"
    ),
    modal_words=frozenset(("could", "can", "might", "may")),
    ended_words=frozenset(
        "ends ended stops stopped reverses reversed over broken broke halts halted pauses paused turns turned stalled slows slowed slowing accelerates accelerated accelerating cools cooled cooling speeds speeding gathers gathered gathering".split()
    ),
    keeping_words=frozenset("keep keeps kept still continues continued goes went".split()),
    potential=re.compile(
        r"\b(?:could|can|might|may) (?:all |easily |still |well )*(?:be (?:avoided|prevented|saved|cut|recovered|won|gained|eliminated|halved|reduced|freed|removed)|(?:save|bring|cut|free|prevent|avoid|gain|win|recover|eliminate|halve)(?= [^.;,]*⟦))"
    ),
    ended=re.compile(
        r"\b(?:trend|growth|rise|decline|fall|increase|decrease|upturn|downturn) (?:is over|was over|(?:has |have |had |is |was |now )*(?:end(?:s|ed)|stop(?:s|ped)|revers(?:es|ed)|broken|broke|halt(?:s|ed)|paus(?:es|ed)|turn(?:s|ed)|stalled|(?:being |been )*(?:slow(?:s|ed|ing)|accelerat(?:es|ed|ing)|cool(?:s|ed|ing)|speed(?:s|ed|ing) up|gather(?:s|ed|ing) pace)))\b"
    ),
    moving_from=re.compile(
        r"\b(?:mov|shift|switch|migrat|mov|drift|chang)(?:e|es|ed|ing|s)? (?:away |over )?from ⟦(\d+)⟧ to\b"
    ),
    keeping=re.compile(
        r"\b(?:keeps?|kept|still|continues? to|continued to|goes on|went on) ([a-z]+)\b"
    ),
    per_thing=re.compile(r"\b[a-z]+ per (?!cent\b|⟦)([a-z]+)"),
    part_of=re.compile(r"\b[a-z]+ of (?:the |its |their |all )*$"),
    time_bound=re.compile(
        r"\b(over|more than|above|longer than|beyond|under|less than|within|below|up to) (?:about |roughly )?$"
    ),
    over_words=frozenset(("over", "more than", "above", "longer than", "beyond")),
    losing=re.compile(r" (?:[a-z]+ )?(?:loss|losses|deficit|shortfall)\b"),
    of_the_whole=re.compile(
        r"\b(?:total|overall|whole|entire|combined)(?: [a-z]+){0,3} of (?:about |nearly |roughly )?$"
    ),
    compared_with=re.compile(
        r"\b(?:above|below|over|under|from|on|than|against|ahead of|behind|versus|unchanged from|compared with|compared to) (?:in |the )?$"
    ),
    of_people=re.compile(r"(?: of)? (?:all |the |our |its |their |these )*([a-z]+)"),
    of_a_kind=re.compile(
        r"(?:^|[.;:] )\s*(?:big|large|small|popular|busy|cheap|expensive|rare|old|young|new|long|short|high|low) ([a-z]+s) (?!⟦)(?!(?:are|were) (?:included|excluded|shown|left|listed|omitted|grouped|counted|marked|not)\b)[a-z]+"
    ),
    at_a_level=re.compile(
        r"\b(?:to|at|be|is|was|become|of|reach|reaching|stand at|than|from|:)\s+(?:about |around |roughly |only |just |nearly |almost )*$|[(,]\s*$"
    ),
    moved_to=re.compile(
        r"\b(?:pull|drag|push|bring|brought|lift|rais|send|sent|tak|took|forc|driv|drove|cut)(?:e|es|ed|s|ing|ged|ging|n)? (?:the |our |overall |whole )*[a-z]+(?: [a-z]+){0,2} (?:down |up )to (?:about |only |just |nearly )*$"
    ),
    at_a_move=re.compile(
        r"⟦\d+⟧, (?:the|its|this) (?:[a-z]+ ){0,3}(?:gap|lead|swing|difference|margin|spread|change|growth|rise|increase|gain|fall|decline|drop|decrease|improvement)\b"
    ),
    more_than=re.compile(r"⟦\d+⟧ (?:more|less|fewer)(?: [a-z]+){0,3} than\b"),
    causal=frozenset(
        "cause causes reason reasons why fault faults error errors topic problem problems failure defect issue issues complaint driver".split()
    ),
    mix=re.compile(r"\b(?:mix|shift\w*|composition|between|towards?|movements?|weights?)\b"),
    within=re.compile(r"\b(?:within|own|inside|themselves|itself|rates?)\b"),
    of_it=re.compile(r"⟦\d+⟧ of (?:it|this|that)\b"),
    last_place=re.compile(r"\b(?:bottom|last|lowest|smallest|weakest|end)\b"),
    next_place=re.compile(r"\b(?:runner-up|second|next(?! to)|closest|nearest|rival|follower)\b"),
    part=re.compile(
        r"\b(?:contribut(?:e|es|ed|ing|ions?|ors?)|parts?|movers?|moved?|savers?|sav(?:e|es|ed|ing|ings)|effects?|added|lost|changed?|gainers?|losers?|swing)\b"
    ),
    of_a_unit=(
        (
            re.compile(
                r"\b(?:(?<!no )(?:longest|shortest|slowest|fastest|quickest|longer|slower|faster|quicker|shorter)(?! and|-)(?!(?: [\w⟦⟧]+){0,5} (?:pace|queues?|lists?|routes?|distances?)))\b"
            ),
            frozenset(
                [
                    "min",
                    "h",
                    "s",
                    "ms",
                    "days",
                    "weeks",
                    "hours",
                    "minutes",
                    "seconds",
                    "time",
                    "times",
                    "delay",
                    "delays",
                    "wait",
                    "waits",
                    "waiting",
                    "duration",
                    "age",
                    "lead",
                    "minute",
                    "hour",
                    "day",
                    "days",
                    "week",
                    "month",
                    "months",
                    "year",
                    "years",
                    "length",
                    "stay",
                    "km",
                    "mi",
                    "miles",
                    "distance",
                    "speed",
                    "pace",
                ]
            ),
        ),
        (
            re.compile(
                r"\b(?:cheapest|priciest|costliest|dearest|most expensive|least expensive|cheaper|pricier|costlier|dearer)\b"
            ),
            frozenset(
                [
                    "eur",
                    "usd",
                    "gbp",
                    "price",
                    "prices",
                    "cost",
                    "costs",
                    "fee",
                    "fees",
                    "fare",
                    "rent",
                    "bill",
                    "spend",
                    "spending",
                    "expenses",
                ]
            ),
        ),
        (
            re.compile(r"\b(?:oldest|youngest|older|younger)\b"),
            frozenset(["age", "ages", "years", "old", "tenure"]),
        ),
        (
            re.compile(r"\b(?:hottest|coldest|warmest|coolest|hotter|colder|warmer|cooler)\b"),
            frozenset(["temperature", "degrees", "c", "f", "celsius", "heat"]),
        ),
    ),
    how_often=re.compile(r" (?:most|least|more|less) often\b"),
    leading=re.compile(
        r"\b(?:lead\w*|led|exceed\w*|trail\w*|beat\w*|out[a-z]+|differ\w*|var(?:y|ies|ied)|apart|above|below|ahead|behind|more|less|fewer|than|separat\w*|tops?|topped|lag\w*|gaps?|rang\w+|swing\w*|swung|surpass\w*|short of|between|spread\w*|over|under|[a-z]+er|margin|distance|fluctuat\w*|mov(?:e|es|ed)|rise[sn]?|rose|fell|falls?|drop\w*|climb\w*|buil\w+)\b"
    ),
    moving=re.compile(
        r"\b(?:pace|mov(?:e|es|ed|ing)|trend\w*|chang\w+|slope|speed|quicker|faster|slower|shorter|longer|more|less|fewer|higher|lower|add(?:s|ed|ing)?|los(?:es|ing|t)|sav(?:es|ed|ings?)|by|up|down|each|every)\b"
    ),
    won=re.compile(
        rf"\b(?:(?:lost|loses|lose|gained|gains|won|wins|added|adds|saved|saves|shed|cost|costs) {_NEARLY}|(?:grew|grown|grows|rose|risen|rises|fell|fallen|falls|climbed|dropped|increased|decreased|declined|shrank|improved) by {_NEARLY})$"
    ),
    of_change=re.compile(
        rf"(?:\b(?:growth|rise|increase|gain|fall|decline|decrease|drop|loss|reduction|improvement|change|uplift|jump|swing|gap|lead|difference) of {_NEARLY}$|^\s*(?:the |our )?(?:growth|rise|increase|gain|fall|decline|decrease|drop|change|gap|lead|difference)\b[^⟦]*: $)"
    ),
    label=re.compile(
        r"\s*(?:the |our )?(?:(?P<total>total|sum)|(?P<usual>usual|normal|typical)|[a-z]+)\b[^.;]*: $"
    ),
    at_first=re.compile(
        r"\b(?:at|in) the (?:start|beginning|outset)\b|\binitial(?:ly)?\b|\bat first\b"
    ),
    often=re.compile(r"\b(?:most|least|more|less) (?:frequent(?:ly)?|often|common(?:ly)?)\b"),
    single=re.compile(r"\b(?:one|a single|just one|only one) ([a-z]+)"),
    across=re.compile(r"\bacross (?:the |our |its )?([a-z]+)"),
    also=re.compile(r"\b(?:also|at the same time|on top of that)\b"),
    agency=re.compile(
        r"(?<![\w⟦])(?:stretch(?:es|ed)?|carry|carries|carried|take|bring|push|pull|pulls|drag(?:s|ged)?|drive|sends?|sent|reduce[sd]?|lift|raise|boost(?:s|ed)?|added|adds|brought|brings|cut|cuts|took|takes|lifted|lifts|pushed|pushes|raised|raises|drove|drives|saved|saves|cost|costs|pulled|helped|gave|gives|led|kept|keeps|created|creates|delivered|produced|generated|earned) (?:[a-z]+ ){0,4}⟦(\d+)⟧"
    ),
    agents=frozenset(
        [
            "mix",
            "shift",
            "shifts",
            "rate",
            "rates",
            "change",
            "changes",
            "volume",
            "price",
            "effect",
            "effects",
            "own",
            "channels",
            "growth",
            "rise",
            "fall",
            "decline",
            "increase",
            "drop",
            "part",
            "parts",
            "group",
            "groups",
            "peak",
            "low",
            "season",
            "day",
            "week",
            "month",
            "quarter",
            "year",
            "night",
            "one",
            "step",
            "jump",
            "alone",
            "underlying",
            "trend",
            "total",
            "whole",
            "business",
            "company",
            "first",
            "second",
            "third",
            "largest",
            "smallest",
            "biggest",
            "best",
            "worst",
            "highest",
            "lowest",
        ]
    ),
    licence=re.compile(
        r"\b(?:more|less|fewer|than|above|below|beats?|ahead|behind|over|under|bucks?|bucked|against|versus|vs|compared|from|since|change[sd]?|changing|move[sd]?|moving|difference|gap|apart|better|worse|up|down|net|swing|contribut\w+|parts?|effects?|add(?:s|ed|ing)?|los[ste]\w*|gain\w*|sav(?:es|ed|ings?)|way|way,|opposite|direction|mix|rates?|step(?:ped|s)?|jump(?:ed|s)?|cost|brought|brings|made up|of it|another|extra|additional|further|plus|minus|[a-z]+er)\b|[+−]"
    ),
    at_bound=re.compile(
        r"(?:⟦(\d+)⟧ at (?:most|least|best|worst)\b|\bat (?:most|best|worst) ⟦(\d+)⟧)"
    ),
    joint_subject=re.compile(
        r"⟦(\d+)⟧ and ⟦(\d+)⟧ (?:(?:both|each|share|shares|[a-z]+) )?(?:[a-z]+ )?⟦(\d+)⟧(?! (?:and|or|to|for|more|less|fewer|above|below|[a-z]+er)\b|, ⟦)"
    ),
    whole_span=re.compile(
        r"\b(?:over|in|across|throughout|during|for) (?:the|this) (?:whole|entire|full|complete) (?:span|period|time|stretch|range|data|set|history|course)\b|\bthroughout\b"
    ),
    growing=re.compile(
        r"\b(?:get|gets|getting|got|become|becomes|became|becoming|grow|grows|growing|turn|turns|turning|keep getting|keeps getting|ever) (?:wider|narrower|larger|smaller|bigger|stronger|weaker|steeper|closer|tighter|deeper|thinner|worse|better|higher|lower|longer|shorter|faster|slower)\b|\b(?:widen|narrow|deepen|tighten)(?:s|ed|ing)?\b"
    ),
    stayed=re.compile(
        r"\b(?:ha(?:s|ve) (?:stayed|remained|held) (?:there|so|put|at|on)\b|never (?:came|went|fell|looked) back|held (?:there|since)|(?:has|have) held since)"
    ),
    typed_month=re.compile(
        r"(?<![\w⟦])(?:january|february|march|april|june|july|august|september|october|november|december|spring|summer|autumn|winter|christmas|easter) (?:alone |itself )?(?:saw|had|brought|counted|recorded|took|made|reached|came to|totalled|was|with|ended|closed|stood|showed|produced|delivered|sold|earned)\b"
    ),
    from_outside=re.compile(
        r"(?<![\w⟦])(?:come|comes|came|coming|stem|stems|stemmed|arises?|arose|result(?:s|ed)?|deriv(?:es|ed)) (?:(?:all|mostly|mainly|largely|chiefly|entirely|only|solely|above all) )*(?:from|out of) (?!⟦)((?:[a-z]+ ){0,4}[a-z]+)"
    ),
    rated_most=re.compile(r"(?<![\w⟦])([a-z]+) (?:the )?(?:most|fewest|more|fewer|least) ([a-z]+)"),
    that_moved=re.compile(
        r"\s*⟦\d+⟧ (?:fell|rose|lost|gained|grew|shrank|dropped|declined|increased|did|went)\b"
    ),
    from_to=re.compile(
        r"from\s+(?:an?\s+|the\s+)*⟦(\d+)⟧[^.;⟦]{0,40}?\bto\s+(?:an?\s+|the\s+)*⟦(\d+)⟧"
    ),
    grain=re.compile(
        r"(?<![\w⟦-])(?:(half|one|a|an|\d+|"
        + "|".join(COUNTS)
        + r"|twenty|thirty|several|many|few|both|dozens of|hundred) (?:a |an )?)?(?:(?:whole|full|entire|past|last|next|single|consecutive|straight|usual|typical|normal) )*"
        r"(hour|day|week|fortnight|month|quarter|year|decade|century|centurie|generation)s?(?![\w-])(?! (?:by|on|to|after) (?:hour|day|week|month|quarter|year))"
    ),
    grain_months={
        "hour": 1 / 730,
        "day": 1 / 30.44,
        "week": 0.23,
        "fortnight": 0.46,
        "month": 1.0,
        "quarter": 3.0,
        "year": 12.0,
        "decade": 120.0,
        "century": 1200.0,
        "centurie": 1200.0,
        "generation": 300.0,
    },
    counted_grain={word: number for number, word in enumerate(COUNTS, 2)}
    | {"both": 2, "twenty": 20, "thirty": 30},
    over_two=re.compile(
        r"⟦(\d+)⟧ (?:on average |in total |in all |each |both |twice |steady )*(?:from|over|between|in|for|across)(?: both)?\s+⟦(\d+)⟧ (?:to|and|and in|until|as well as)\s+⟦(\d+)⟧"
    ),
    pair=re.compile(r"\b(?:between|from)\s+⟦(\d+)⟧\s+(?:and|to|until)\s+⟦(\d+)⟧"),
    as_usual=re.compile(
        r"\b(?:is|are|was|were|in|on|as|an?) (?:the )?(?:usual(?:ly)?|normal|typical|ordinary)\b(?! ⟦)"
    ),
)
