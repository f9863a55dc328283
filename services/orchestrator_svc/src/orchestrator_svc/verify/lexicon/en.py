# ruff: noqa: SIM905, E501 - word lists read best as they are
"""Claim words of English."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.en_bindings import BINDINGS
from orchestrator_svc.verify.lexicon.en_compared import COMPARED
from orchestrator_svc.verify.lexicon.en_frames import FRAMES
from orchestrator_svc.verify.lexicon.en_guarded import GUARDED
from orchestrator_svc.verify.lexicon.en_judging import JUDGING
from orchestrator_svc.verify.lexicon.en_proving import PROVING
from orchestrator_svc.verify.lexicon.en_quantities import MAGNITUDES, MULTIPLES, QUANTITIES
from orchestrator_svc.verify.lexicon.en_relations import JOINTS, RELATIONS
from orchestrator_svc.verify.lexicon.en_spans import COUNTS, SPANS, TENS
from orchestrator_svc.verify.lexicon.en_supposing import SUPPOSING
from orchestrator_svc.verify.lexicon.en_topics import MEASURED, OF_ANY_MEASURE, OPPOSITES, TOPICS
from orchestrator_svc.verify.lexicon.en_words import (
    ADVISE,
    ARRANGING,
    IMPERATIVES,
    PLAIN,
    UNCLAIMED,
)
from orchestrator_svc.verify.lexicon.phrases import words
from orchestrator_svc.verify.lexicon.shape import Lexicon, PeriodWord

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_SHORT = "jan feb mar apr jun jul aug sep sept oct nov dec".split()
_SHORT_NUMBERS = (1, 2, 3, 4, 6, 7, 8, 9, 9, 10, 11, 12)


ENGLISH = Lexicon(
    language="en",
    up=words(
        "(?<=⟧ )up(?= on | from | against | over | compared); spik(?:e|es|ed|ing); (?:pushe[sd]|pull(?:s|ed)|brings|brought|drag(?:s|ged)|sent|sends|press(?:es|ed)|took|takes|lift(?:s|ed)|nudge[sd]|force[sd])(?: [\\w⟦⟧]+){1,4} (?:up|upwards?|higher)(?! (?:to|of|for|by|with) (?:date|most|half)); gain(?:s|ed|ing)? ground; drift(?:s|ed|ing)? (?:up|higher|upwards?); rose; rises?; risen; rising; grew; grows?; grown; growing; increas(?:e|es|ed|ing)(?! of 0); "
        "climb(?:s|ed|ing)?; jump(?:s|ed|ing)?; surg(?:e|es|ed|ing); soar(?:s|ed|ing)?; "
        "rebound(?:s|ed|ing)?; recover(?:s|ed|ing|y)?; gain(?:s|ed|ing)?; "
        "buil(?:d|ds|t|ding)[- ]?up; (?:to|at) (?:a|the|its|this|that) (?:new |permanently )?higher level; higher (?:since|ever since|from then on); buil(?:d|ds|t|ding) (?:through|over|during|daily|up); upward; "
        "accelerat(?:e|es|ed|ing); swell(?:s|ed|ing)?; swollen; balloon(?:s|ed|ing)?; mount(?:s|ed|ing); pil(?:e|es|ed|ing) up; uptick; upswing; upturn; edg(?:e|es|ed|ing) (?:up|higher); cre(?:pt|eps|eping) up; inch(?:es|ed|ing) up; "
        "explod(?:e|es|ed|ing); skyrocket(?:s|ed|ing)?; rocket(?:s|ed|ing)?; leap(?:s|ed|ing|t)?; strengthen(?:s|ed|ing)?; intensif(?:y|ies|ied|ying); pick(?:s|ed)? up; shot up; boost(?:s|ed|ing)?; add(?:s|ed)?(?= ⟦); upwards?; uphill; (?:go|move|trend)(?:s|d|ed|ing)? up(?! (?:to|with) (?:date|most)); (?:is|are|was|were|been|stands?|stood|finish(?:es|ed)|ended|closed) (?:now |well |sharply |slightly |far )?up(?! to date); head(?:s|ed|ing)? (?:north|up\\w*); on the (?:rise|up|increase); ever (?:more|higher|larger|longer|greater)(?! ⟦); (?<=⟧ )more(?! than)(?! of)(?! \\w+ than)(?! \\w+ \\w+ than)(?! \\w+ \\w+ \\w+ than); lengthen(?:s|ed|ing)?; expand(?:s|ed|ing)?; growth; went up; going up; goes up; "
        "advanc(?:e|es|ed|ing); escalat(?:e|es|ed|ing); tick(?:s|ed) up; "
        "higher(?! than)(?= over| each| every| by | since)"
    ),
    down=words(
        "c(?:a|o)m(?:e|es|ing) down(?= by | to (?!how |what |whether )| from | in |[.,;]|$); (?<=⟧ )down(?= on | from | against | over | compared); (?:pushe[sd]|pull(?:s|ed)|brings|brought|drag(?:s|ged)|sent|sends|press(?:es|ed)|took|takes|force[sd])(?: [\\w⟦⟧]+){1,4} (?:down|downwards?|lower); drift(?:s|ed|ing)? (?:down|lower|downwards?); los(?:t|es|e|ing) (?:ground|momentum|steam|speed); clear(?:s|ed)(?: up)?(?! ⟦); fell(?! (?:short|into|on|under|within|outside|between)\\b); falls?(?! (?:short|into|on|at|under|within|outside|between)\\b); fallen; falling(?! (?:short|into)); declin(?:e|es|ed|ing); dropp(?:ed|ing); drops?; "
        "decreas(?:e|es|ed|ing); eas(?:e|ed|es|ing); shr[aiu]nk(?:s|ing)?; slid(?:e|es|ing)?; "
        "slump(?:s|ed|ing)?; plung(?:e|es|ed|ing); reduc(?:ed|es|ing|tion); downward; went down; "
        "going down; goes down; dipp(?:ed|ing); dips?; sank; sinks?; contract(?:s|ed|ing); "
        "erod(?:e|es|ed|ing); los(?:e|es|t|ing)(?= (?:about |some |around |roughly )*⟦); melt(?:s|ed|ing)?(?: away)?; edg(?:e|es|ed|ing) (?:down|lower); inch(?:es|ed|ing) down; slip(?:s|ped|ping)?; dwindl(?:e|es|ed|ing); wan(?:e|es|ed|ing); taper(?:s|ed|ing)?; fad(?:e|es|ed|ing); ebb(?:s|ed|ing)?; "
        "retreat(?:s|ed|ing)?; collaps(?:e|es|ed|ing); crash(?:es|ed|ing)?; weaken(?:s|ed|ing)?; soften(?:s|ed|ing)?; shed(?:s|ding)?; downtick; downturn; downswing; nosedived?; (?:go|move|trend)(?:s|d|ed|ing)? down; (?:is|are|was|were|been|stands?|stood|finish(?:es|ed)|ended|closed) (?:now |well |sharply |slightly |far )?down; dive[sd]?; div(?:e|es|ed|ing); downwards?; downhill; (?:to|at) (?:a|the|its|this|that) (?:new |permanently )?lower level; lower (?:since|ever since|from then on); cut(?:s|ting)?(?= by| from| to| ⟦| its| their| the| use| back| down); diminish(?:es|ed|ing)?; subsid(?:e|es|ed|ing); recede[ds]?; tumbl(?:e|es|ed|ing); "
        "plummet(?:s|ed|ing)?; g(?:i|a)ve(?:s|n)? way; head(?:s|ed|ing)? (?:south|down\\w*); ever (?:fewer|less|lower|smaller|shorter); (?<=⟧ )(?:fewer|less)(?! than); shorten(?:s|ed|ing)?; lower(?! than)(?= over| each| every| by | since)"
    ),
    loss=words("los(?:e|es|t|ing)"),
    flat=words(
        "(?:practically |virtually |almost |nearly |essentially |broadly |largely |more or less )?(?:flat|unchanged); stable; steady; steadily; gradually; gradual; constant; held (?:steady|at|firm); holds steady; "
        "plateau(?:s|ed)?; stall(?:s|ed)?; stabili[sz](?:es|ed); flatten(?:s|ed)(?: out)?; level(?:s|l?ed) off; stagnat(?:e|es|ed|ing); no clear trend; hardly (?:moved|changed); "
        "(?:remained|stayed) (?:the same|level)"
    ),
    highest=words(
        "(?:the |our |its |their )?most (?:generous|loyal|lucrative|productive|active|crowded|prolific); (?<!fell )(?<!falls )(?<!fall )(?<!fallen )(?<!declined )(?<!dropped )(?<!shrank )(?<!lost )(?<!lose )(?<!loses )(?<!decreased )most(?= *(?:[.,;:]|$)); most numerous; (?:does|did|do) (?:most of |much of )?the heavy lifting; (?:is|are|was|were) the (?:main |biggest |largest |key |chief )?hot ?spots?; hot ?spots?; prime time; (?:high|peak|busy) season; (?:is|are|was|were|comes?|came|ranks?|stands?|remains?) (?:clearly |still |now )?first(?! (?:to|choice|look|step|glance)); on top(?! of); at the top(?! of); out in front; in front(?! of); in the lead; (?:a )?new (?:high|record|peak); dominat(?:e|es|ed|ing); dominant; (?:growth )?engine; backbone; mainstay; workhorse; powerhouse; cornerstone; leakiest; (?<=with )most; (?<=has )most; (?<=have )most; (?<=had )most; highest; largest; biggest; longest; greatest; maximum; peak(?:s|ed|ing)?; "
        "top(?:s|ped)?(?! \\d| \\w+s\\b); leads?(?! to| time); led(?! to); leader; leading; "
        "came first; comes first; ranks? first; ranked first; first place; number one; "
        "(?:the|is|are|was|were|its|their) most(?! room)(?! (?:punctual|reliable|efficient|stable|recent|likely|frugal|economical|modest|sparing|thrifty)); strongest; heaviest; busiest; record(?= high); "
        "record(?:[- ](?:year|month|week|day|quarter|hour|level|result|value|figure|season|breaking|setting))s?; most often; most(?= (?:in|on|at|from|during) ⟦); hungriest; best-selling; bestselling; top-selling; loudest; slowest; latest(?= departures); hottest; steepest; widest; tallest; oldest; priciest; costliest; dearest; fullest; thirstiest; wettest; warmest; noisiest; richest; commonest; "
        "most (?:delayed|expensive|affected|frequent|common|important|valuable|profitable|popular|generous|loyal|lucrative|productive|active|crowded|prolific)"
    ),
    lowest=words(
        "thriftiest; sparsest; scarcest; most (?:frugal|economical|modest|sparing|thrifty); lowest; smallest; shortest; minimum; trough(?:s|ed)?; bottom(?:s|ed)?; fewest; weakest; "
        "(?:the|is|are|was|were|its|their) least; least (?:delayed|expensive|affected|frequent|generous|loyal|lucrative|productive|active|profitable|popular); "
        "least(?= *(?:[.,;:]|$)); least numerous; (?:low|off|quiet) season; (?:a )?new low; record low; lightest; quietest; calmest; (?:the|a|its|their|our|marked the|⟦\\d+⟧) low(?! \\w+s\\b); "
        "ranks? last; ranked last; came last; comes last; last place; slightest; narrowest; "
        "lags? (?:the (?:field|pack|ranking|others?|rest)|behind (?:the (?:field|pack|others?|rest)|all others)); brings? up the rear; (?:is|sits|stands|comes?) at the (?:bottom|foot)(?: of the (?:list|table|ranking))?; cheapest; coldest; youngest; rarest; quickest; least-used; rarest; least common; emptiest; coolest; driest; thinnest; poorest; leanest"
    ),
    best=words(
        "best; winners?; champions?; front-?runners?; pacesetters?; star performers?; most successful; most encouraging; (?:sets?|setting) the (?:benchmark|standard|pace); most (?:favou?rable|punctual|reliable|efficient); sweet spot; bright spot; strong point; fastest; healthiest; happiest; cleanest; safest"
    ),
    worst=words(
        "worst; (?:the )?(?:most|greatest|largest|biggest) (?:room|scope|potential) (?:for improvement|to improve); laggards?; stragglers?; losers?; tail-?enders?; weakest link; hurdle; drag(?! on| down|s?\\b [a-z]+ down); riskiest; most risky; most worrying; most alarming; least (?:favou?rable|punctual|reliable|efficient); weak (?:spot|point)s?; bottleneck; pain point; unhappiest; dirtiest"
    ),
    greater=words(
        "above; more than(?! (?:offset|mak|made|compensat|outweigh|doubl|tripl|halv|cancel)); greater than; exceed(?:s|ed|ing)?; ahead of; "
        "surpass(?:es|ed)?; pass(?:es|ed)(?= the ⟦\\d+⟧ of ⟦); outweigh(?:s|ed)?; over(?= the (?:overall|mean|average)); outsells?; outsold; outpaces?; outpaced; outranks?; outnumbers?; (?:tops|topped|dwarfs)(?= ⟦); "
        "(?:higher|larger|longer|bigger|greater|slower|later|more|stronger|older|wider|fuller|warmer|hotter|wetter|heavier|thirstier|costlier|pricier|dearer|busier|steeper|taller|richer)"
        "(?: [\\w⟦⟧]+){0,4} than; well above; far above"
    ),
    smaller=words(
        "below; less than; fewer than; short of; small next to; small against; "
        "small compared (?:with|to); (?<!what )(?<!what lies )(?<!what is )(?<!lag )(?<!lags )(?<!lagged )(?<!causes )(?<!reasons )(?<!factors )behind(?! ⟦\\d+⟧ of)(?! (?:\\w+ )?(?:most|much|half|all|almost|nearly|part) of)(?! (?:the|this|its|that) (?:rise|fall|growth|decline|increase|decrease|drop|change|gain)); under(?= (?:the )?(?:overall |mean |average |usual )*⟦); "
        "(?:lower|smaller|shorter|less|fewer|faster|weaker|younger|narrower|emptier|colder|cooler|drier|lighter|cheaper|quieter|quicker|poorer)"
        "(?: [\\w⟦⟧]+){0,4} than"
    ),
    timely=words("ahead of; behind"),
    better=words("better than; outperform(?:s|ed)?; beats?; beat"),
    worse=words(
        "worse than; underperform(?:s|ed)?; trail(?:s|ed)?; lag(?:s|ged)?(?! (?:the (?:field|pack|ranking|others?|rest)|behind (?:the (?:field|pack|others?|rest)|all others)))"
    ),
    improving=words(
        "(?<!for )(?<!to )improv(?:e|es|ed|ing|ement); (?:getting|got|gets|became|becoming|turned) better"
    ),
    worsening=words(
        "worsen(?:s|ed|ing)?; deteriorat(?:e|es|ed|ing|ion); "
        "(?:getting|got|gets|became|becoming|turned) worse"
    ),
    equal=words(
        "equal(?:ly|led|s)?; identical; as (?:high|low|long|large|late|small|many|much|often|common|big|strong|fast) as; "
        "on (?:a )?par; in line with(?= (?:[a-z]+ ){0,5}⟦); the same (?:level|delay|value|average|mean|share|amount|number|rate|pace|speed|size)"
    ),
    rank_change=words(
        "overtook; overtak(?:e|en|es|ing); lost (?:the|its) lead; t(?:ook|aken|akes|aking) the lead; (?:is|are) now (?:ahead|first|the first|on top|in front|the largest|the leader); now leads?; catch(?:es|ing)? up; caught up; clos(?:es|ed|ing) (?:the gap|in)"
    ),
    differs_less=words(
        "(?:differ|differs|differed|vary|varies|varied|matter|matters|mattered|swing|swings|swung) (?:far |much |even |clearly |somewhat |slightly )?less; (?:grew|grows|grown|rose|rises|risen|climbed|increased|expanded|fell|dropped|declined|shrank|decreased) (?:far |much |even |clearly |somewhat |slightly )?(?:slower|more slowly|less (?:sharply|steeply|quickly|strongly))(?= than)"
    ),
    differs_more=words(
        "(?:differ|differs|differed|vary|varies|varied|matter|matters|mattered|swing|swings|swung) (?:far |much |even |clearly |somewhat |slightly )?more; (?:grew|grows|grown|rose|rises|risen|climbed|increased|expanded|fell|dropped|declined|shrank|decreased) (?:far |much |even |clearly |somewhat |slightly )?(?:faster|more (?:sharply|steeply|quickly|strongly))(?= than)"
    ),
    spread_nouns=words(
        "gaps?; spreads?; swings?; ranges?; differences?; contrasts?; variations?; variability; "
        "dispersion"
    ),
    quantities=QUANTITIES,
    multiples=MULTIPLES,
    each=words("each; both; every; all"),
    universal=words(
        "both; each(?! other); every; all; always; (?<!that )(?<!who )never; none; nobody; without exception; from the (?:beginning|outset)(?! of)(?! ⟦); all along; so far; "
        "only ⟦\\d+⟧(?= (?!(?:and|or|to|in|of|on|at|by|for|with|from|per|each|every|more|less|fewer|above|below|days?|weeks?|months?|years?|quarters?)\\b)[a-z]+); the only; "
        "everywhere; throughout; "
        "no (?!clear|such|causal|further|cause|statement|finding|pattern|trend|conclusion|data|result)\\w+ (?:was|were|is|are|had|has|exceed\\w*|reach\\w*|fell|rose); "
        "(?:to|of|in|at|for|on|from) any(?! (?:other|given|case|one of|further|more|single|sense|way|kind|conclusion)); no (?:single |other )?(?:group|region|airline|airport|carrier|month|day|hour|"
        "year|quarter|week|product|category|segment|channel|store|customer|country|city|team)s?(?!-); "
        "(?<!than )ever(?! more); without (?:a|any|one) single; without any(?: exception)?; not one; not a single(?! (?:step|jump|event)); for the first time; in history; (?<!month )(?<!year )(?<!day )(?<!week )on record; at any (?:hour|time|point|moment|given \\w+); any (?:hour|day|month|week|year)(?= )(?! of); "
        "across the board; without fail; invariably; consistently; entire(?:ly)?; anywhere"
    ),
    scope=words(
        "(?:across|of|for|over|in|among|to)(?: what)? all(?: of)?(?: the)?; all(?: \\w+){0,2} (?:shown|listed); "
        "all (?:figures|data|values|numbers|rows|results|queries|counts)(?! (?:rose|fell|grew|are|were|exceed)); all(?: \\w+){1,2} (?:together|combined|taken together); "
        "all in(?=,); at all; above all; all in all; all at once; only all; the entire"
    ),
    earlier_first=words(
        "followed by; preced(?:e|es|ed|ing)(?! by); before(?! (?:it|this|that|they|anyone|anybody|we|you|one|reading|drawing|acting|any|concluding|deciding)\\b); (?<!until )(?<!since )then; ahead of(?= ⟦); prior to; leading up to"
    ),
    later_first=words("after; preceded by; following; later than; subsequent to"),
    consecutive=words("consecutive; successive; back-to-back; in a row; two days running"),
    since=words(
        "since(?= ⟦| (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\\d|the (?:start|beginning|spring|summer|autumn|winter|peak|low)|then|"
        "early|mid|late|last|spring|summer|autumn|winter))"
    ),
    until=words(
        "until(?! (?:it is |they are |then)?[a-z]+ed\\b); (?<!the )(?<!a )till; up to(?= ⟦| jan| feb| mar| apr| may| jun| jul| aug| sep| oct| nov)"
    ),
    unusual=words(
        "outliers?; exceptional(?:ly)?; unusual(?:ly)?; extreme(?:ly)?; anomal(?:y|ies|ous); "
        "unprecedented; abnormal(?:ly)?; far outside; br(?:o|ea)k(?:e|es) (?:the|with the) (?:pattern|norm|routine); (?:quiet|lone|single|isolated|notable|rare|one) exception; spik(?:e|es|ed|ing); stands? out; stood out; atypical"
    ),
    ordinary=words("(?:an?|the|was|were|is|are) (?:normal|ordinary|typical|unremarkable)"),
    cause=words(
        "caused by; because(?! [^.;]*\\b(?:too few|so few|reliable|sample|rests?|excluded|missing|leaves? out|left out|not (?:enough|appear|show|enter|count|reflect|include|cover|measured|recorded|known|in the data))\\b); due to; driven (?:mainly |largely |mostly |chiefly |primarily |almost entirely |entirely |in part |partly )?by; (?:main |key |biggest |largest |chief |primary |principal |major |single )*drivers?(?= (?:of|behind|is|was|for|:)|[.,:;]|$); drives?; drove; fuell?ed(?: by)?; propell?(?:ed|s|ing); spurr?(?:ed|s); powered by; thanks to; as a result of; "
        "(?:is|are|was|were) (?:the |a |one )?(?:main |only |chief |real )?reasons? (?:for|why|behind); (?:is|was|are) why; led to; leads to; responsible for; owing to; explains?; explained by; caused; causes; "
        "results? from; resulted from; attributable to"
    ),
    forecast=words(
        "expect(?:s|ing|ed)?(?= (?:⟦|an?|the|another|more|less|fewer|around|about|roughly|up|no|to))(?! to (?:see|find)); next(?= ⟦); coming(?= ⟦); tomorrow; further to (?:go|fall|rise|climb|drop|grow); (?:more|yet|still) to come; room (?:to|for)(?! improve); within reach; (?:is|are|be) in (?:reach|sight|prospect|store); on the horizon; around the corner; head(?:s|ed|ing) (?:for|towards?)(?= (?:about |around |over |more than )*⟦| [a-z]{3} \\d); (?:things|more|much|lots?|worse|better) to (?:come|follow); (?:for|in) the (?:years|months|weeks|days|time|seasons?) (?:ahead|to come); and (?:more|counting); here to stay; would (?:bring|cut|save|halve|raise|lower|free|reduce|double|add|lift|shorten|spare)(?! (?:only|just)); "
        "will (?:rise|fall|grow|increase|decrease|decline|drop|continue|reach|exceed|remain|be|keep)"
        "; is expected to; are expected to; forecast(?:s|ed)?; is projected to; are projected to; "
        "will(?! be (?:found|shown|seen)); on (?:its|their|the) way; (?:is|are) going to; is likely to; are likely to; next (?:year|month|quarter|week|day|spring|summer|autumn|winter|season); soon; before long; (?:in|over) the coming \\w+; should (?:pass|reach|exceed|rise|fall|grow|hit|top|stay|remain); set to; bound to; about to; promises?; promising"
    ),
    hedge=words(
        "not; may; might; could; would; whether; what; why; if; possible; hypothesis; "
        "consistent with; investigate; test; review; find out; cannot; question; understand; "
        "examine; check; identify; ask"
    ),
    negation=words(
        "stop(?:s|ped); ceased?; no longer; fail(?:s|ed) to; not; no; never; nor; neither; without; hardly; isn't; aren't; wasn't; weren't; "
        "doesn't; don't; didn't; cannot; can't; rather than"
    ),
    merely=re.compile(r" (?:just|only|merely|simply)\b"),
    mental=re.compile(
        r"\s+(?:say|tell|explain|show|read|take|mistake|treat|mean|imply|confuse|know|reveal|mention|ask|forget|ignore|overlook|interpret|see|(?:a |an )?(?:sign|proof|evidence|guarantee|indication) of)\b"
    ),
    ordinal=words("(?:second|third|fourth|fifth)[- ](?:[a-z]+est|most [a-z]+|place)"),
    magnitudes=MAGNITUDES,
    number_words={word: number for number, word in enumerate(COUNTS, 2)},
    tens=dict(zip(TENS, range(20, 101, 10), strict=True)),
    months={
        **{name: number for number, name in enumerate(_MONTHS, 1) if name != "may"},
        **dict(zip(_SHORT, _SHORT_NUMBERS, strict=True)),
    },
    periods=(
        PeriodWord(words("summer(?:s|time)?; midsummer"), months=frozenset({6, 7, 8})),
        PeriodWord(words("autumn; fall(?= season| months)"), months=frozenset({9, 10, 11})),
        PeriodWord(words("winter(?:s|time)?; midwinter"), months=frozenset({12, 1, 2})),
        PeriodWord(words("spring(?:time)?"), months=frozenset({3, 4, 5})),
        PeriodWord(
            words(
                "year[- ]end; (?:end(?:s|ed)?|clos(?:e|es|ed)) the year; the year (?:closed|ended|closes|ends); end of the year; (?:final|last) month of the year; christmas"
            ),
            months=frozenset({12}),
        ),
        PeriodWord(
            words("(?:in|of|by|on|since|until|during|from|through|early|late|last|this) may"),
            months=frozenset({5}),
        ),
        PeriodWord(words("(?:first|opening) quarter; q1"), months=frozenset({1, 2, 3})),
        PeriodWord(words("second quarter; q2"), months=frozenset({4, 5, 6})),
        PeriodWord(words("third quarter; q3"), months=frozenset({7, 8, 9})),
        PeriodWord(words("(?:fourth|last|final) quarter; q4"), months=frozenset({10, 11, 12})),
        PeriodWord(words("first half(?: of the year)?"), months=frozenset({1, 2, 3, 4, 5, 6})),
        PeriodWord(words("second half(?: of the year)?"), months=frozenset({7, 8, 9, 10, 11, 12})),
        PeriodWord(
            words("breakfast(?: time)?; rush hour; commuting time"), hours=frozenset({6, 7, 8, 9})
        ),
        PeriodWord(words("lunch(?: ?time)?"), hours=frozenset({11, 12, 13, 14})),
        PeriodWord(words("dinner(?: ?time)?"), hours=frozenset({18, 19, 20, 21})),
        PeriodWord(words("mornings?"), hours=frozenset(range(4, 12))),
        PeriodWord(words("midday; noon"), hours=frozenset(range(11, 15))),
        PeriodWord(words("afternoons?"), hours=frozenset(range(12, 19))),
        PeriodWord(words("evenings?"), hours=frozenset(range(17, 24))),
        PeriodWord(
            words("nights?(?! of); midnight"), hours=frozenset({20, 21, 22, 23, 0, 1, 2, 3, 4, 5})
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
    several=words("both; two"),
    based_on=re.compile(
        r"⟦(\d+)⟧,?\s+(?:but\s+)?(?:across|on|over|from|based on)\s+(?:only\s+|just\s+)?⟦(\d+)⟧"
    ),
    rank_of=re.compile(r"\s*(?:of|at)\s+(?:just\s+|only\s+)?⟦(\d+)⟧"),
    ordinal_low=words("\\w+[- ](?:lowest|smallest)"),
    clause_break=re.compile(
        r"[,;:.!?—–]\s+|\s+(?:and|but|while|whereas|which|though|although|yet|against)\s+|\s[-–—]\s"
    ),
    at_words=re.compile(
        r"\s*(?:[a-z]+\s+)?(?:at|in|on|for|by|during|(?:came|comes|coming) from)\s+(?:the\s+)?(?:week of\s+)?⟦(\d+)⟧"
    ),
    level_verbs=re.compile(
        r"\s+(?:departures\s+|flights\s+)?(?:averages?|averaged|had|has|reached|reaches|recorded|"
        r"records|posted|posts|saw|sees|is at|was at|stood at|stands at|at|with|totalled|totals|"
        r"came to|made|makes|showed|shows|average)\s+(?:an?\s+|the\s+|only\s+|just\s+|about\s+)*⟦(\d+)⟧"
    ),
    attribution_stops=words(
        "now; today; aside; except; follows?; near; close to; level of; mean of; average of; twice; double; triple; half; against; instead of; rather than; versus; vs; than; from; to; compared; above; below; while; whereas; but; and; low; "
        "lows; yearly; overall"
    ),
    judged=frozenset({"better", "worse"}),
    people=frozenset(
        "people customers users clients guests callers visitors shoppers buyers".split()
    ),
    welcome=frozenset(
        "signups subscribers members donations enrolments enrolment applications visitors attendance goals wins "
        "revenue sales profit profits margin rating ratings satisfaction completion retention recycling uptime punctuality bookings occupancy conversion acceptance accepted donations gifts placements surplus "
        "bottles_sold turnover earnings export exports subscription pass passed renewals".split()
    ),
    unwelcome=frozenset(
        "fault faults faulty default defaults stoppage stoppages outage outages arrears debt debts dropout dropouts "
        "penalty penalties fine fines spill spills shortage shortages crime crimes death deaths mortality infection "
        "infections rework reject rejects rejected spoilage waste wasted unpaid idle damage damages missed lost "
        "turnaround wait waits waiting delay delays stall stalls error errors complaint complaints churn attrition rejection rejections repeat repeats cancellation cancellations breakdown breakdowns downtime accident accidents injury injuries absence absences overtime backlog refund refunds latency leakage dump dumps theft thefts emissions defect defects scrap failure failures reopened escalations".split()
    ),
    opposites=OPPOSITES,
    plain=PLAIN,
    guarded=GUARDED,
    topics=TOPICS,
    measured=MEASURED,
    of_any_measure=OF_ANY_MEASURE,
    unclaimed=words(UNCLAIMED),
    imperative=re.compile(
        rf"\s*(?:(?:for|in|at|on|to) [^,;.]{{1,40}}, |(?:recommendations?|next steps?|action|advice|suggestion): )?(?:{words(ARRANGING).text}(?: [a-z]+){{1,3}} (?:around|for|before|ahead|by|at|in|on|with|up|towards?)\b|(?:do not|don't|please) [a-z]+\b|{words(ADVISE).text}\s|{words(IMPERATIVES).text}\s+(?:the|an?|whether|which|why|how|what|for|with|on|at|in|into|where|when|if|its|their|it|them|this|these|first|more|less|⟦))"
    ),
    spans=SPANS,
    bindings=BINDINGS,
    compared=COMPARED,
    judging=JUDGING,
    frames=FRAMES,
    relations=RELATIONS,
    joints=JOINTS,
    supposing=SUPPOSING,
    proving=PROVING,
)
