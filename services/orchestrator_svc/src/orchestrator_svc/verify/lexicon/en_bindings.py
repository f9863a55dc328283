# ruff: noqa: E501 - word lists read best as they are
"""English words that bind a figure: to a whole, a unit, an aggregate, a basis, an owner, a role."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.phrases import words
from orchestrator_svc.verify.lexicon.shape import BindingWords

BINDINGS = BindingWords(
    share_of=re.compile(
        r"⟦(\d+)⟧ of (?:(?:all|the|its|their|total|overall|our|whole) )*([a-z]+)(?: ([a-z]+))?"
    ),
    of_all=re.compile(r"⟦(\d+)⟧ of (?:all|the)\b"),
    per=re.compile(
        r"⟦(\d+)⟧ (?:per|for (?:a|an|each|every|one)|(?:a|an|each|every)(?= [a-z]+ *(?:[.,;:]|$))) ([a-z]+)"
    ),
    ranked_thing=re.compile(
        r"(?<![\w⟦])(?:most|fewest|more|fewer|highest|lowest|largest|smallest|biggest|longest) ([a-z]+)"
    ),
    together=words("together; combined; jointly; between them; taken together"),
    chiefly_in=re.compile(
        r"(?:above all|mostly|mainly|especially|particularly|chiefly|notably|largely|most of all) (?:in|at|on|during) ⟦(\d+)⟧"
    ),
    to_level=re.compile(
        r"(?<!amounts )(?<!amount )(?<!amounted )(?<!comes )(?<!came )(?<!adds up )(?<!add up )(?<!close )(?<!close up )(?<!equal )(?<!due )(?<!thanks )(?<!up )(?<!next )to ⟦(\d+)⟧"
    ),
    more_than=re.compile(
        r"⟦(\d+)⟧ (?:more|less|fewer|[a-z]+er) than (?:in |at |for |the (?:usual )?)?⟦(\d+)⟧"
    ),
    multiple_above=re.compile(r"⟦(\d+)⟧ (?:above|below)\b"),
    of_what=re.compile(
        r"(?: of)? (?:what|that of|those of|the (?:[a-z]+ ){1,3}(?:of|in|at)|as (?:much|many|long|high|large|late) as)(?: in| at| of)?(?: an?| the)?(?: usual| typical| normal| ordinary)? ⟦(\d+)⟧"
        r"|(?: of)? (?:an?|the) (?:usual|typical|normal|ordinary|average) ⟦(\d+)⟧"
        r"|(?: of)?(?: the)? ⟦(\d+)⟧(?=[,.;:)]|$| (?:and|but|in|on|at)\b)"
        r"|(?: of)? ⟦(\d+)⟧['’]s?\b"
        r"|(?: of)? (?:the|its|their) ⟦(\d+)⟧ (?:level|figure|total|value|sum|amount|number)"
    ),
    more_by=re.compile(
        r" (more|less|fewer|higher|lower|larger|smaller|longer|shorter|faster|slower|cheaper)(?: [a-z]+){0,2} than (?:in |at |for |that of |the )*⟦(\d+)⟧"
    ),
    out_of=re.compile(r"⟦(\d+)⟧ (?:out )?of (?:the |all )*⟦(\d+)⟧"),
    unit_apart=re.compile(
        r" (?:percentage |full |more )?[a-z]+ (?:more|less|fewer|below|above|behind|ahead|apart|under|over|later|earlier|[a-z]+er)\b"
    ),
    bound=re.compile(r"(?<![\w⟦])(more|less|fewer|over|under|above|below)(?: than)? $"),
    by_how_much=re.compile(r"(?<![\w⟦])(?:by|up|down) $"),
    of_that=re.compile(r"(?: of)? (?:that|it)(?=[.,;]|$)"),
    of_usual=re.compile(
        r"(?: of)?(?: as (?:much|many|high|long|large) as)? (?:the |its |their |a |an )?(?:usual|normal|norm|median|ordinary|typical)"
    ),
    of_change=re.compile(
        r"(?: of)? (?:the |this |its )?(?:growth|rise|increase|gain|fall|decline|decrease|drop|change|saving)"
    ),
    of_groups=re.compile(r" (?:the |all )*([a-z]+)"),
    yields=words(
        "(?:deliver|generat|produc|yield|suppl|carr|attract|contribut|record|handl|process|mov|welcom|receiv|absorb|swallow|devour|eat|consum)(?:s|es|ies|e|y|ed|ied|ing)?(?= (?:about |nearly |roughly |just |only |over |some |almost |around |more than |less than |under |the )*(?:⟦|entire |whole |most |fewest |bulk |largest |smallest |biggest |highest |lowest |half|a |one |two|three|four|five|six|seven|eight|nine|all ))"
    ),
    ranked_grain=words(
        "(?:worst|best|busiest|strongest|weakest|quietest|slowest|highest|lowest|longest|shortest|record|top|peak|single|whole|entire|one|full) (?:day|week|month|quarter|year)(?! on year)(?! before| earlier| ago| later| after)"
    ),
    grain_of=re.compile(r"(?<![\w⟦])(day|week|month|quarter|year) of ⟦(\d+)⟧"),
    figure_before=re.compile(
        r"⟦(\d+)⟧ (?:the|a|one) (day|week|month|quarter|year) (?:before|earlier|ago)"
    ),
    in_period=re.compile(r"(?<![\w⟦])(?:in|during|at|on) ⟦(\d+)⟧"),
    sizes=words("(?:the )?(?:largest|biggest|smallest)(?: of the)?(?: [a-z]+)?"),
    denying=words(
        "not; no; never; nor; neither; none; nothing; nobody; nowhere; isn't; aren't; wasn't; weren't; doesn't; don't; didn't"
    ),
    not_denying=words(
        "(?:has|have|had) not (?:yet )?been [a-z]+ed; (?:should|must) not; nothing (?:here|in (?:the|these|this|our)); (?:do|does|did|can|could) not (?:adjust|control|correct|account|allow|isolate|estimate|predict|answer|address|settle|decide|justify|suggest|name|give|offer|explain|separate|look|go|reach|break); (?:that|who|which) (?:never|did not|were not|was not|are not); (?:do|does|did) not (?:reflect|appear|enter|feature|capture|have|hold|lie|fall|stop|end|come as); not (?:only|just|least|merely|simply|even|including|counting|yet|necessarily|to be|a single|so much); no (?:less|fewer|more|other|later|earlier|longer|sooner|matter|doubt|wonder|need|surprise|question|single); if not; or not; why not; "
        "(?:do|does|did|should|must|need) not (?:read|take|treat|mean|imply|confuse|forget|overlook|ignore|mistake|hide|follow|apply|include|add|match|count|compare|rest|depend|vary|differ|change|matter|move|last); number one; not (?:for|by|in|from|of|on|as|at|with|per|the result|a matter|an? ); nothing (?:else|to do)"
    ),
    presumed=re.compile(
        r"\b(?:the|this|our|its|further|any) (?:[a-z]+ )?(growth|rise|increase|decline|fall|drop|decrease|downturn|upturn|upswing) (?:in|of) ((?:[a-z]+ ?){1,4})"
    ),
    left_out=words(
        "excluded; excludes?; missing; left out; leaves? out; unrecorded; blanks?; nulls?; unavailable; incomplete"
    ),
    remaining=words(
        "(?:the |all )?(?:remaining|other|others|rest)(?: of the)?(?: [a-z]+)?(?= (?:[a-z]+ )?(?:for )?⟦)"
    ),
    idioms=words(
        "(?:treated|read|taken|handled|viewed|interpreted) with (?:some |great |due )?(?:caution|care); (?:natural|sensible) (?:places?|candidates?|(?:next|first) steps?|starting points?); less reliable; (?:too|very) (?:few|small|little) to [a-z]+; spen(?:d|ds|t|ding)(?= (?:about |some |around |roughly |nearly |only )*⟦\\d+⟧ (?:waiting|in|on|at|being)); (?:shoppers|customers|people|visitors|guests|clients|consumers|buyers|users) (?:spend|spent); f(?:e|a)ll(?:s|ing)? (?:short|on|into|under|within|between); straight away; prov(?:es?|ed) (?:little|nothing); stand(?:s|ing)? still; stood still; net (?:growth|change|gain|effect|rise|fall|increase|decline); on paper; (?:to|can|must) take away; far from; (?:when|before|for|in) forecast(?:ing|s)?; (?:tells?|told) (?:a|another|different|the same) (?:story|stories); bucks? the trend; bucked the trend; sold out; on time; at opposite ends; as it were; by and large; all told; rule of thumb; at first glance; in short; so far as"
    ),
    others=words(
        "remaining; others?; rest; everything else; everyone else; empty; unsold; do not; does not; not"
    ),
    others_before=re.compile(r"\b(?:other|remaining)(?: the)? $"),
    losing=re.compile(r"\b(?:los(?:es|e|t|ing)|misses|missed|wast(?:es|ed))\b"),
    average_of=re.compile(
        r"(?: as [a-z]+ as)?(?: of)?(?: the| its| their)?(?: overall)? (?:average|mean)\b"
    ),
    no_part=words("no (?:part|role|share) in; nothing to do with; nothing from; unrelated to"),
    bare=words(
        "(?<=sold )fewer(?= [a-z]+[:,.;]); (?<=had )fewer(?= [a-z]+[:,.;]); (?<=made )fewer(?= [a-z]+[:,.;]); (?<=handled )fewer(?= [a-z]+[:,.;]); speed(?:s|ing)? up; sped up; (?:higher|lower|longer|shorter|faster|quicker|slower|stronger|weaker|worse|better)(?! than)(?! [\\w⟦⟧]+ than)(?! [\\w⟦⟧]+ [\\w⟦⟧]+ than)(?! level)"
    ),
    bare_up=frozenset(("higher", "longer", "slower", "stronger")),
    slow=frozenset(("slowest",)),
    durations=frozenset(("min", "h", "s", "ms", "days", "weeks", "hours", "minutes", "seconds")),
    at_least=words(
        "at least; minimum; threshold; or more; more than; over; cut-off; cutoff; limit"
    ),
    costing=words(
        "cost(?:s|ing)?(?= (?:about |nearly |roughly |just |only |over |some |almost )?⟦)"
    ),
    one_of=re.compile(r"(?<![\w⟦])(?:in|at|from|to|for|by) (?:one|a single|a) ([a-z]+)"),
    inside_groups=re.compile(
        r"(?<![\w⟦])(?:(?:within|inside) (?:the |each |every |single )*(?:[a-z]+ )??([a-z]+s)|(?:within|inside) (?:the |each |every |single )*([a-z]+)|the ([a-z]+) themselves|most ([a-z]+)(?= by themselves))"
    ),
    seasonal=re.compile(r" (?:just |merely |simply |only |a )*(?:seasonal|season)\b"),
    ranked_one=re.compile(
        r" (?:the|an?) (?:one|[a-z]+) (?:that|which|with|who|where)(?: [a-z]+){1,4}? (?:most|worst|highest|longest|largest)\b|(?: [a-z]+){0,3} (?:the )?(?:most|worst|highest|longest|largest)(?: [a-z]+){0,2}"
    ),
    is_the_one=re.compile(
        r"(?<![\w⟦])(?:is|are|was|were)(?: also)?(?= the (?:one|[a-z]+) (?:that|which|with|who|where)\b)"
    ),
    saving=words("sav(?:e|es|ed|ing)(?= (?:about |some |around |roughly |nearly |just )*⟦)"),
    continuing=words(
        "continu(?:e|es|ed|ing)(?: (?:the|its|a|an|this|that|to)(?: [a-z]+)?)?; persist(?:s|ed)?; carr(?:y|ies|ied) on; goes on; went on"
    ),
    latest=words("latest; most recent; newest; current; last; recent; now; today"),
    made_do=re.compile(
        r"(?:makes?|made|lets?|helps?|helped|forces?|forced|push(?:es|ed)?|pull(?:s|ed)?|keeps?|kept|leaves?|left|sends?|sent) "
        r"⟦(\d+)⟧ (?!at |to |in |with |by |the |as |an? |on |of |for |and |more |less |from |up |out |its |their |than |over |under |above |below |but |about |nearly |roughly |only |just )[a-z]+"
    ),
    quantified=re.compile(
        r"(?:most|fewest|more|fewer|many|highest|lowest|number of|volume of|⟧ of(?: all| the| its| their| total)*)\s(?:[a-z]+\s)?$"
    ),
    rated=re.compile(r" (?:rate|share|ratio|level|cost|time|volume)s?\b"),
    changes=words(
        "growth; rise; increase; gain; gains; fall; decline; decrease; drop; change; loss; losses; reduction; uplift; jump; improvement; swing; cut; saving; savings"
    ),
    even_pace=words("steady; constant; stable; steadily; gradual; gradually"),
    outranking=words(
        "follows; followed; trails?; trailed; leads; led; beats?; outsells?; tops; precedes; comes (?:before|behind|after|ahead of); (?:ranks|is|lies|sits|stands) (?:behind|ahead of|above|below); (?:worse|better|higher|lower|longer|shorter|larger|smaller|more|less|fewer|[a-z]+er)(?: [a-z]+){0,3} than"
    ),
    adjacent=words(
        "(?:right|directly|immediately|straight|closely|just) (?:after|behind|below|above|before|ahead of|next to|followed by); follows (?:directly|immediately|right|closely|straight)(?: on| behind| after)?; next (?:in line |in rank )?(?:after|behind|to)"
    ),
    stemming=words(
        "(?:came|come|comes|coming|stem|stems|stemmed|result|results|resulted|arose|arises) (?:[a-z]+ )?(?:from|in)(?= ⟦); (?:due|thanks|owed|owing) (?:[a-z]+ )?to(?= ⟦); driven by(?= ⟦); because(?= ⟦); made by(?= ⟦)"
    ),
    warning=words(
        "but; only; just; few; small; tiny; yet; though; although; however; rests?; rested; handful; caution; careful; beware; left out; excluded; outlier; thin; not"
    ),
    resting=words(
        "across; over; on; from; among; behind; based; out of; covers?; covering; per; with; rests?; includes?"
    ),
    totalled=words("total; sum of; combined; cumulative; aggregate; summed"),
    in_total=words(
        "in total; in all(?=[,.:]|$| ⟦); altogether; all told; a total of; adds? up to; added up to; sums? up to"
    ),
    averaged=words("on average; average; averages; averaged; mean; typical; typically"),
    median=words("medians?; the middle"),
    bases=(
        (
            words(
                "year[- ](?:on|over|to)[- ]year; y-o-y; yoy; against the same \\w+ (?:of|in) the (?:year before|previous year|prior year|last year); (?:than|from|on|over) the year before; than (?:a|one) year (?:earlier|ago|before); a year (?:earlier|ago|before); within (?:a|one|the) year"
            ),
            12.0,
        ),
        (
            words(
                "month[- ](?:on|over|to)[- ]month; on the month; (?:than|from|on|over) the (?:month before|previous month); than a month (?:earlier|ago|before); a month (?:earlier|ago|before); within (?:a|one|a single) month"
            ),
            1.0,
        ),
        (
            words(
                "quarter[- ](?:on|over|to)[- ]quarter; (?:than|from|on|over) the (?:quarter before|previous quarter); a quarter (?:earlier|ago|before); within (?:a|one|a single) quarter"
            ),
            3.0,
        ),
        (
            words(
                "week[- ](?:on|over|to)[- ]week; (?:than|from|on|over) the (?:week before|previous week); a week (?:earlier|ago|before); within (?:a|one|a single) week; overnight"
            ),
            0.23,
        ),
    ),
)
