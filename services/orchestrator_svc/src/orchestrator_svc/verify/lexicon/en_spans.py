# ruff: noqa: SIM905, E501 - word lists read best as they are
"""English words for what a figure is told of: the whole, a period, a difference, a rank, a degree."""

from __future__ import annotations

import re

from orchestrator_svc.verify.lexicon.en_breadth import BREADTH
from orchestrator_svc.verify.lexicon.phrases import words
from orchestrator_svc.verify.lexicon.shape import SpanWords

COUNTS = "two three four five six seven eight nine ten eleven twelve".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety hundred".split()


SPANS = SpanWords(
    strong=words(
        "explod(?:e|es|ed|ing); soar(?:s|ed|ing)?; skyrocket(?:s|ed|ing)?; rocket(?:s|ed|ing)?; surg(?:e|es|ed|ing); "
        "plung(?:e|es|ed|ing); plummet(?:s|ed|ing)?; collaps(?:e|es|ed|ing); crash(?:es|ed|ing)?; tumbl(?:e|es|ed|ing); "
        "slump(?:s|ed|ing)?; leap(?:s|ed|ing|t)?; by far; by (?:a )?(?:wide|large|clear|huge|big|comfortable) margin; by a long way; far (?:above|below|ahead|behind|larger|higher|lower|more|less|longer|fewer); "
        "well (?:above|below|ahead|over|under)(?! the usual); vastly; hugely; comfortably (?:above|below|ahead|clear|over|under|the); dramatic(?:ally)?; massive(?:ly)?; enormous(?:ly)?; shot up; rocketed; dwarfs?; a (?:whole |good |great )?lot(?! of)"
    ),
    slight=words(
        "by a (?:narrow|small|slim|thin) margin; by a whisker; slight(?:ly)?; marginal(?:ly)?; somewhat; a fraction(?= (?:above|below|more|less|higher|lower)); a (?:little|bit|tad|touch)(?! (?:over|under|less|more|above|below|of|\\w+er))(?= *(?:[.,;:]|$|in |from |since )); a tad; a (?:little|bit|touch|shade|whisker)(?= (?:above|below|more|less|ahead|behind|better|worse|[a-z]+er)(?!\\w)); "
        "edg(?:e|es|ed|ing) (?:up|down|higher|lower|past|ahead|out); inch(?:es|ed|ing)? (?:up|down|ahead|higher|lower); "
        "cre(?:pt|eps?|eping) (?:up|down); just (?:above|below|ahead|behind|over|under)(?! ⟦\\d+⟧ (?:of|and)); narrowly; "
        "(?:nearly|almost|virtually|practically) (?:identical|equal|level|the same|alike|as (?:many|much|high|long|large))"
    ),
    even=words(
        "(?:is|are|was|were|lie|lies|stand|run|runs) (?:very |quite |much |rather |fairly |all |almost |nearly )*(?:close|similar|alike|comparable|level|near)(?: together| by)?(?! to)(?= *(?:[.,;:]|$)); (?:much|just) (?:alike|the same); the same in (?:practice|effect|size|kind); like (?:(?:any|every|all|the|many|most) )?others?; spread (?:over|across|among) (?:all|every|each|many); (?:little|not much|hardly anything|nothing much) (?:has |had )?changed; even(?:ly)? (?:spread|distributed|split|shared|balanced); (?:spread|distributed|split|shared|balanced) (?:out )?(?:even|equal|uniform)ly; "
        "(?:hardly|barely|scarcely) (?:any difference|differ\\w*|vary|varies|varied|chang\\w+|mov\\w+|matter\\w*); no (?:real |clear |great )?difference; "
        "(?:is|are|was|were|stand|stands|stay|stays) (?:all )?(?:level|alike|similar|identical|tied)(?: with)?; neck and neck; "
        "(?:do|does|did) not (?:depend|differ|vary|change|matter|move); almost (?:nobody|no one|none); (?:hardly|barely|scarcely) any difference; uniform(?:ly)?; "
        "(?:a )?(?:day|month|week|hour|year|region|team|product|plant|one) like any other; nothing (?:changed|changes|moved|happened); differ(?:s|ed)? (?:hardly|barely|little)"
    ),
    overall=words(
        "over (?:the|both|all)(?: the)? (?:two |three |four |five |six )?(?:years|quarters|months|weeks|days); overall; in all(?! \\w+ \\w+ ⟦)(?! (?:of|the|other)); as a whole; on average across; (?:across|in|over|for|throughout) (?:the|all) (?:whole|entire|full)?(?: )?(?:hospital|business|company|shop|network|group|organi[sz]ation|market|data|dataset|board|country|year|period); (?:the|all) (?:whole|entire|full) (?:year|period|month|week|day|business|company|group); in total; altogether; all told; on the whole; in general; generally; usually; normally; typically; as a rule; ordinarily; on an average (?:day|week|month)"
    ),
    ranged=words(
        "starts?; started; ends?; ended; begins?; began; opens?; opened; closes?; closed; ranges? from; ranged; ranging; between; from; up to; down to; as (?:low|high|much|many|little|few|long) as; only; just; compared; against; versus; at most; at least; extremes?"
    ),
    ranging=words(
        "ranges? from; ranging; between; from; up to; down to; compared; against; versus; at most; at least; extremes?; as (?:low|high|much|many|little|few|long) as; unusual(?:ly)?; exceptional(?:ly)?"
    ),
    pronouns=words("it; they; there; this; that; those; these"),
    differing=words(
        "gaps?; differ\\w*; apart; between(?! them); by; separat\\w*; swings?; swung; spread; range[sd]?; ranging; more; less; fewer; above; below; ahead; behind; beyond; over; under; lead; leads; margin; distance; contrast\\w*; vary; varies; varied; variation; variability; "
        "better; worse; longer; shorter; higher; lower; larger; smaller; later; earlier; slower; faster; greater; rose; rises?; fell; falls?; grew; grows?; climb\\w*; drop\\w*; disappear\\w*; exceeds?; exceeded; trails?; trailed; lags?; lagged; beats?; short of; off; from(?= (?:[a-z]+ )*⟦); to(?= (?:[a-z]+ ){0,2}⟦); stronger; weaker; buil(?:d|ds|t|ding)[- ]up; matters?; effect"
    ),
    before_side=words("until; till; before; up to; prior to"),
    after_side=words("since; after; from"),
    earlier_side=words(
        "before; until; previously; formerly; earlier; used to; prior to; at first; back in; once"
    ),
    later_side=words(
        "now; today; since; after; afterwards; currently; by now; nowadays; these days; at present; meanwhile"
    ),
    beginning=words(
        "(?:began|begins?|beginning|starts?|started|starting|set in|sets in)(?: in| on| at| with)?(?= ⟦)"
    ),
    per_period=re.compile(
        r"⟦(\d+)⟧\s+(?:of [a-z]+ )?(?:more |less |fewer )?(?:a|per|each|every|an)\s+(day|week|month|quarter|year|hour)(?![\w])(?! (?:earlier|before|ago|later|previously|prior))"
    ),
    from_to=re.compile(
        r"from\s+(?:the\s+)?(?:weeks?\s+of\s+)?⟦(\d+)⟧\s+(?:to|until|through|till)\s+⟦(\d+)⟧"
    ),
    each_period=words(
        "(?:(?:each|every|any|a whole|the whole|a single|a typical|an average|an ordinary|one) )?(?P<grain>(?:daily|weekly|monthly|quarterly|yearly|annual|annually|hourly)(?! (?:pattern|cycle|rhythm|season|calendar|swing|peak|low|high))"
        "|(?<=each )(?:day|week|month|quarter|year|hour)|(?<=every )(?:day|week|month|quarter|year|hour)|(?<=single )(?:day|week|month|quarter|year|hour)"
        "|(?<=typical )(?:day|week|month|quarter|year|hour)|(?<=average )(?:day|week|month|quarter|year|hour)"
        "|(?:day|week|month|quarter|year|hour)(?= (?:by|after) (?:day|week|month|quarter|year|hour)))"
    ),
    relative_period=words(
        "(?:last|this|past|current|latest|for the|in the) (year|month|week|quarter|day)(?! of)(?!-); (?:yester|to)(day)"
    ),
    grain_words={
        **{word: word for word in "day week month quarter year hour".split()},
        "daily": "day",
        "weekly": "week",
        "monthly": "month",
        "quarterly": "quarter",
        "yearly": "year",
        "annual": "year",
        "annually": "year",
        "hourly": "hour",
    },
    than_any_other=words(
        "(?:more|less|fewer|larger|higher|lower|longer|shorter|greater|smaller|bigger)(?: [\\w⟦⟧-]+){0,3} than (?:any|every|all|any of the|all the)(?: of)? (?:other|others|one else|rest)(?! \\w+ (?:combined|together))(?! (?:combined|together)); (?:above|below|ahead of|behind) (?:all |every |any )?(?:the )?(?:other|others|rest)(?! \\w+ (?:combined|together))(?! (?:combined|together|of))"
    ),
    none_more_than=words(
        "never (?:been )?(?:so )?(?:more|less|fewer|larger|higher|lower|longer|shorter|greater|smaller|bigger)(?: [a-z]+){0,2} than(?= (?:in|on|at|during) ⟦); (?:nothing|nobody|no one|none) (?:beats?|tops?|exceeds?|surpasses); (?:no(?: other)?(?: [a-z]+){1,2}|nobody|none)(?: [a-z]+){0,3} (?:more|less|fewer|larger|higher|lower|longer|shorter|greater|smaller|bigger)(?: [a-z]+){0,3} than"
    ),
    place=words(
        "(?:is|comes|came|was) a distant (second|third); (?:the )?(runner-up|runners-up|second best|second place); (?:ranks?|ranked|places|placed|comes?|came|finish(?:es|ed)?|takes|took|is|are|was|sits|stands)(?: in)? (?:the )?(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?! (?:most|[a-z]+est)\\b)(?: place)?; (second|third|fourth) from (?:the )?(?:bottom|below|last)"
    ),
    place_names={
        "runner-up": "second",
        "runners-up": "second",
        "second best": "second",
        "second place": "second",
    },
    of_all=words(
        "(?:of|among|across|over|from) all (?:the )?\\w+; all \\w+ included; without restriction; of the (?:whole|entire) \\w+; of any \\w+"
    ),
    of_the_ranked=words(
        "ranked; at least; larger; sizeable; of (?:that|this|its|their|such a) size; with enough; with more than; big enough; large enough; that count; minimum; main; major"
    ),
    combined=words(
        "every(?:thing|one|body) else(?: (?:combined|(?:put |taken )?together))?; (?:the )?(?:other|others|rest|remaining)(?: \\w+)? (?:combined|together|put together|taken together|in sum); (?:all|every) (?:other|others|the rest)(?: \\w+)? (?:combined|together|put together|taken together)"
    ),
    the_one_before=re.compile(
        r"\b(?:the|a|one) (?:one|month|year|week|quarter|day|period|hour) before(?! ⟦)"
    ),
    period_before=re.compile(
        r"\s*(?:the |in the |a |that of the )?(?:one|month|year|week|quarter|day|period|hour|time)? ?(?:before|earlier|previously|prior)(?![\w])"
    ),
    n_in_m=words(
        f"({'|'.join(('one', *COUNTS))})(?: [a-z]+)? (?:in|out of|of(?= [a-z]+ [a-z]+s? (?:has|have|had|is|are|was|were|lacks?)))(?: every)? ({'|'.join((*COUNTS, *TENS))})"
    ),
    breadth=BREADTH,
)
