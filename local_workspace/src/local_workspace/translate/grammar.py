"""The words of questions that belong to no data set: grammar and pure filler.

A word that carries meaning is never filler: it maps to a keyword, or it blocks the answer.
"""

from __future__ import annotations

KEYWORDS: dict[str, tuple[str, str]] = {}


def _add(kind: str, value: str, phrases: str) -> None:
    for phrase in phrases.split("|"):
        KEYWORDS[phrase.strip()] = (kind, value)


_add("by", "by", "by|per|for each|for every|each|every|broken down by|split by|grouped by|group by|in each|"
     "within each|at each|from each|on each|across|across all|across the|for all the different|by each|by the|per each|for the different|"
     "for the various|for individual|by individual|according to|depending on|sliced by|segmented by|"
     "broken out by|breakdown by|break down by|split out by|split across|split into|split|vary by|"
     "differ by|varies by|differs by|vary across|differ across|vary between|differ between|of each|to each|in every|on every|"
     "at every|from every|a|an each|of every|broken down per|over each|for any given|separately for|separately by|"
     "for each combination of|for every combination of|by combination of|each combination of|per combination of|"
     "breakdown per|as a function of|listed by|distributed by|distributed across|distribution by|"
     "distribution across|broken up by|aggregated by|aggregate by|by different")  # fmt: skip
_add(
    "breakdown",
    "of",
    "breakdown of|break down|breakdown|distribution of|distribution|split of|mix of|mix",
)
del KEYWORDS["a"], KEYWORDS["split"], KEYWORDS["split into"]
_add("count", "count", "number of|count of|how many|no of|nr of|total number of|total count of|"
     "overall number of|number|count|num of|amount of|total number|how often|quantity of|"
     "counts of|numbers of|tally of|frequency of|volume of|the number of|# of|#")  # fmt: skip
_add("howmuch", "howmuch", "how much")
_add("distinct", "distinct", "distinct|different|unique|separate")
_add("agg", "avg", "average|mean|avg|typical|on average|averaged|average of|mean of|averages|avg of|"
     "typically|the average|av|ave")  # fmt: skip
_add("agg", "median", "median|the median|median of")
_add("agg", "sum", "total|sum|sum of|total of|overall|combined|summed|in total|altogether|totals|"
     "overall total|grand total|aggregate|aggregated|cumulative total|all together|sum up|total sum of")  # fmt: skip
_add("agg", "stddev", "standard deviation|standard deviation of|stddev|std dev|stdev")
_add("agg", "max", "maximum|max|maximum of|peak|max of|the maximum")
_add("agg", "min", "minimum|min|minimum of|min of|the minimum")
_add("super", "max", "highest|largest|greatest|biggest|longest|most|top|hottest|warmest|strongest|"
     "farthest|furthest|heaviest|tallest|oldest|maximal|busiest|most frequent|most common|largest number of|"
     "highest number of|greatest number of|most number of|largest amount of|steepest|windiest|wettest|"
     "priciest|costliest|most expensive|most popular")  # fmt: skip
_add("super", "min", "lowest|smallest|shortest|least|fewest|bottom|coldest|coolest|weakest|lightest|"
     "minimal|lowest number of|smallest number of|least amount of|quietest|cheapest|least expensive|"
     "least popular|least frequent|least common|fewest number of|youngest|nearest|closest")  # fmt: skip
_add(
    "super",
    "best",
    "best|best performing|top performing|leading|strongest performing|best selling|bestselling|top selling",
)
_add(
    "super",
    "worst",
    "worst|worst performing|poorest|weakest performing|worst selling|slowest selling|poorest performing",
)
_add("share", "share", "share|share of|percentage|percentage of|percent|percent of|proportion|"
     "proportion of|fraction|fraction of|% of|pct of|pct|percentages of|shares of|what part of|"
     "how large a share of|how big a share of|relative share of|shares|proportions of|%|as a share of|"
     "percentage share of|how large a proportion of|portion of|split in percent")  # fmt: skip
_add("share", "share", "how much of|how many percent of|what percentage of|what share of")
_add(
    "share",
    "all",
    "percentage of all|share of all|percent of all|proportion of all|% of all|fraction of all|"
    "percentage of the total|share of the total|percent of the total",
)
_add("oftotal", "oftotal", "of total|of the total|of all|as a percentage of total|as a share of total|"
     "as percentage of total|as percent of total|of overall|as a percentage of the total|as a % of total|"
     "as a share of the total|as a proportion of the total|% of total|percent of total|share of total|as % of total|"
     "percentage of total|as a percentage|in percent|as a percent|as percentage|contribution to total|"
     "contribution to|contribution|contribute to|contributes to|relative to the total|of the whole")  # fmt: skip
_add("cmp", ">", "more than|over|above|greater than|exceeding|exceeds|exceed|exceeded|larger than|longer than|>|"
     "higher than|bigger than|in excess of|beyond|older than|farther than|upwards of|better than|further than|greater|"
     "is over|was over|is above|is more than|of more than|of over|heavier than|later than")  # fmt: skip
_add(
    "cmp",
    ">=",
    "at least|no less than|not less than|minimum of|>=|a minimum of|no fewer than|not fewer than|of at least|not under|not below",
)
_add("cmp", "<", "less than|under|below|fewer than|smaller than|shorter than|<|lower than|of less than|"
     "younger than|of under|cheaper than|closer than")  # fmt: skip
_add(
    "cmp",
    "<=",
    "at most|up to|no more than|not more than|<=|maximum of|a maximum of|not over|not exceeding|not above|within",
)
_add("cmp", "=", "exactly|equal to|equals|=|is equal to|precisely")
_add("cmp", "!=", "!=|<>|not equal to")
_add("after", ">=", "or more|or longer|or higher|or greater|or above|or over|and above|and over|or later|"
     "and more|or better|plus|or older|or larger|+|or farther")  # fmt: skip
_add(
    "after",
    "<=",
    "or less|or fewer|or lower|or below|or under|or shorter|and below|or smaller|or younger|and under",
)
_add("between", "between", "between|in between|ranging from")
_add("not", "not", "not|excluding|except|except for|without|other than|apart from|but not|exclude|leaving out|"
     "ignoring|ignore|leave out|not counting|not including|minus|aside from|besides|outside of|non|no|never|were not|"
     "was not|is not|are not|did not|do not|does not|have not|has not|with the exception of|disregarding|omitting|omit|"
     "all but|everything but|outside|not from|not in|excl|neither|nor")  # fmt: skip
_add("compare", "compare", "compare|comparing|compared|vs|versus|comparison of|comparison|compared to|"
     "compared with|against|v|side by side|comparison between|how do|relative to|head to head|stack up|"
     "stack up against|measure up")  # fmt: skip
del KEYWORDS["how do"]
_add("change", "year", "year over year|year on year|yoy|y/y|annual growth|yearly growth|year-over-year|"
     "year-on-year|versus last year|compared to last year|vs last year|versus the previous year|"
     "compared to the previous year|against last year|from last year|versus the prior year|compared with last year|"
     "annual growth rate|than last year|vs the previous year|y o y|over the previous year|over last year|"
     "versus prior year|vs prior year|year over year growth|year on year growth|yoy growth|annual change|compared with the previous year|"
     "compared with the year before|compared to the year before|versus the year before|than the year before")  # fmt: skip
_add("change", "previous", "month over month|month on month|mom|quarter over quarter|quarter on quarter|qoq|"
     "week over week|week on week|month-over-month|quarter-over-quarter|week-over-week|"
     "versus the previous month|compared to the previous month|monthly growth|quarterly growth|growth rate by month|"
     "vs previous month|from month to month growth|monthly change|period over period|day over day|weekly growth|monthly growth rate|"
     "compared to the month before|quarterly change|versus the month before|vs the previous month|compared with the previous month")  # fmt: skip
_add("growth", "growth", "growth|growth rate|grow|grew|grown|change in|increase|decrease|rise|rose|decline|"
     "declined|drop|dropped|fell|increased|decreased|percent change|percentage change|rate of change|relative change|growing|"
     "shrink|shrank|fall in|shrinking|declining")  # fmt: skip
_add("trend", "trend", "over time|trend|trends|trend of|trend in|change over time|development|developed|"
     "develop|evolve|evolved|evolution|evolution of|development of|time series|timeline|history|change|changed|"
     "changes|trended|progress|progressed|progression|throughout|through the year|over the year|over the course of the year|"
     "across the year|during the year|over the months|month to month|from month to month|time course|trajectory|"
     "go up and down|fluctuate|fluctuated|through time|across time|over the years|trendline|vary|varied|varies|over the period|"
     "historical|seasonality|seasonal pattern|pattern|throughout the year|trending|the trend|run rate over time")  # fmt: skip
_add("why", "why", "why|how come|what caused|what causes|reason|reasons|explain|what is driving|what drives|what drove|"
     "what explains|because|cause of|causes of|cause|causing|caused|root cause|what led|responsible for|to blame|driver|drivers|"
     "what is behind|what made|due to|drive")  # fmt: skip
_add("beyond", "beyond", "forecast|predict|prediction|projected|expected next|will be|next year|next month|next quarter|"
     "next week|correlation|correlate|correlated|correlates|regression|should we|should i|recommend|cluster|segment into|"
     "anomaly|anomalies|outlier|outliers|running total|cumulative|moving average|rolling|cumulated|what if|"
     "simulate|optimal|optimize|best time to|percentile rank|likelihood|probability|relationship between|"
     "retention|cohort|churn|churned|predicted|future|tomorrow|going forward|who|"
     "statistically significant|advice|write|delete|update|insert|drop table|email|median of medians|running|"
     "consecutive|in a row|streak|on record|ytd growth|cagr|impact of|effect of|affect|affects|influence|"
     "association|depend on|depends on|map|joke|poem|weather forecast")  # fmt: skip
_add("order", "desc", "descending|from highest to lowest|highest first|largest first|in descending order|desc|"
     "from most to least|biggest first|high to low|highest to lowest|most first|from largest to smallest|worst first|largest to smallest|"
     "most to least|from best to worst|best to worst|best first")  # fmt: skip
_add("order", "asc", "ascending|from lowest to highest|lowest first|smallest first|in ascending order|asc|"
     "low to high|lowest to highest|from least to most|from smallest to largest")  # fmt: skip
_add("orderby", "orderby", "order by|ordered by|sorted by|sort by|ranked by|rank by|ordered|sorted|ranked|order|sort|rank|ranking|"
     "ranking of|ordered from|sort them by|sort from|ordering by|ranking by|rank them by|sorted from|ranked from|in order of|arranged by")  # fmt: skip
_add(
    "which",
    "which",
    "which|what|list|list of|list all|name|names of|which of|whose|which are|who are|enumerate|name the|which of the",
)
_add("with", "with", "with|having|have|had|has|where|that|whose|which have|which had|considering only|counting only|only|"
     "limited to|restricted to|filtered to|filter|filter on|filtered|when|who|which were|that were|that was|that are|provided|given|"
     "considering|using only|taking only|only counting|including only|only including|if|of those|among|amongst|just|solely")  # fmt: skip
del KEYWORDS["who"]
KEYWORDS["who"] = ("which", "which")
_add(
    "and",
    "and",
    "n|and|as well as|along with|together with|&|plus also|and also|in addition to|alongside|then|also|and then",
)
_add(
    "difference",
    "difference",
    "difference between|difference in|difference|gap between|gap|differences between|spread between",
)
_add(
    "degree",
    "degree",
    "how long|how high|how big|how large|how low|how late|how far|how old|"
    "how expensive|how fast|how bad|how good|how well|how strong|how cold|how hot|how warm|how heavy|"
    "how small|how short|how early|how soon|how busy|how cheap|how profitable|how successful",
)
_add("comma", "comma", ",|;|:")
_add("or", "or", "or|either|and/or|/")
_add("paren", "(", "(")
_add("paren", ")", ")")
_add("last", "first", "when was the first|earliest|first ever|the first|when did the first")
_add(
    "last",
    "last",
    "when was the last|most recent|latest|the last|when was the most recent|when did the last",
)
_add(
    "range",
    "range",
    "date range|what period|time range|time period|period covered|what dates|which period|time span|which dates",
)
_add(
    "empty",
    "empty",
    "missing|unknown|null|is null|empty|blank|unavailable|not known|not available|is missing|are missing|no recorded|without a recorded|without a known|undefined|not recorded|is empty|is unknown|not set",
)
_add(
    "known",
    "known",
    "not null|is not null|known|is known|non null|recorded|available|nonempty|have a|not missing|not empty|non-null|with a recorded|with a known",
)
KEYWORDS.pop("have a")
_add("positive", "positive", "positive")
_add("negative", "negative", "negative")
_add("code", "code", "code|codes|id|ids|abbreviation|identifier")
_add("from", "from", "from")
_add("to", "to", "to|into")
_add(
    "in",
    "in",
    "in|at|on|during|within the|inside|for|of|via|through|as|using|throughout the|over the|from the",
)
_add("each_respectively", "each", "respectively|each one|individually|separately")
_add("minus", "minus", "-")
_add("both", "both", "both|combined|together")

GRAINS = {
    "year": "year", "years": "year", "yearly": "year", "annual": "year", "annually": "year",
    "calendar year": "year", "quarter": "quarter", "quarters": "quarter", "quarterly": "quarter", "per annum": "year",
    "month": "month", "months": "month", "monthly": "month", "calendar month": "month", "mth": "month",
    "month by month": "month", "month to month": "month", "by months": "month",
    "week": "week", "weeks": "week", "weekly": "week", "calendar week": "week", "week by week": "week",
    "day": "day", "days": "day", "daily": "day", "date": "day", "dates": "day", "calendar day": "day",
    "day by day": "day", "year by year": "year", "quarter by quarter": "quarter",
    "hour": "hour", "hours": "hour", "hourly": "hour", "hour of day": "hour", "hour of the day": "hour",
    "time of day": "hour", "time of the day": "hour", "hour by hour": "hour",
    "weekday": "weekday", "weekdays": "weekday", "day of week": "weekday", "day of the week": "weekday",
    "days of the week": "weekday", "week day": "weekday", "week days": "weekday", "days of week": "weekday",
    "month of year": "month_of_year", "month of the year": "month_of_year",
    "calendar months": "month_of_year",
    "quarter of the year": "quarter_of_year",
}  # fmt: skip

UNITS = frozenset(
    (
        "minute minutes min mins hour hours mile miles km dollar dollars usd eur euro euros "
        "gbp pounds percent % degrees degree fahrenheit celsius inch inches mph feet foot ft "
        "unit units item items piece pieces year years day days millibars kg kilograms "
        "kilometers kilometres cents"
    ).split()
)

FILLER = frozenset(
    (
        "the a an is are was were be been being do does did there here we our ours us i me my "
        "mine you your please kindly can could would should may might shall will let lets "
        "show shows showing give gives tell display present see find get fetch pull calculate "
        "compute determine report provide want wanted wants need needed needs like know "
        "knowing wonder wondering interested looking look looks curious ask asking question "
        "thanks thank hi hello hey dear ok okay so well now just quick quickly simply really "
        "actually basically exactly it its they them their theirs this that these those such "
        "some any data dataset database table figure figures value values result results info "
        "information detail details record view chart graph plot visualise visualize summary "
        "summarise summarize overview report break down out up help about regarding "
        "concerning respect terms term use used using based happen happens happened occur "
        "occurs occurred take takes took taken place come comes came go goes went gone make "
        "makes made making made account accounts accounted generate generates generated "
        "produce produced see seen saw register registered experience experienced experiences "
        "perform performed performing performance perform doing done served serve serves brings bring brought offered observed observe get got "
        "gotten gets receive what how when for of in on at as by with to than then there's im "
        "id ill ive am pls plz thx cheers mate folks guys team according possible able if "
        "could maybe perhaps still currently entire whole complete full all every overall "
        "given giving understand understanding learn check checking analysis analyse analyze "
        "examine explore investigate discover identify say says said think far long big many "
        "much look-up lookup which who whom whose where grateful appreciate appreciated glad "
        "happy love good morning afternoon hand handy numbers number counted count end day "
        "basis level wise scheduled grand corresponding respective associated related "
        "particular specific certain various individual must both also too only again another "
        "more once"
    ).split()
) - frozenset(
    (
        "by each for of in on at as with to than only all which how what when number count "
        "more where who overall every day break down out long far good morning afternoon "
        "whose both many much big wise scheduled complete full end counted performance level "
        "grand entire whole another once again whom say think if basis"
    ).split()
)
FILLER |= frozenset(("how what when than all entire whole once again basis many level").split())

FILLER_PHRASES = (
    (
        "i was wondering|any idea|do you happen to know|do you have|happen to know|what is the|what are the|what was the|what were the|could you|"
        "can you|would you|i would like to|i would like|i want to|i need to|let me know|"
        "do you know|do we have|did we have|in terms of|with respect to|when it comes to|"
        "for me|to me|a look at|take a look at|in the data|in our data|in the dataset|"
        "in this dataset|we have|you have|is there|are there|was there|were there|on record|"
        "at all|if possible|right now|as of now|so far|how does|how did|how do|how is|"
        "how are|how was|how were|how has|how have|what kind of|what sort of|what type of|"
        "by the way|at the end of the day|give me a sense of|get a sense of|an idea of|"
        "i am interested in|would be great|would be nice|would like|one by one|on file|"
        "in our system|in the system|in a table|as a table|in a chart|as a chart|on a chart|"
        "a chart of|a graph of|a table of|"
        ""
        ""
        "what about the|the data|each of the|of the|per each of|i need|we need|"
        "need to know|want to know|like to know|like to see|want to see|tell me about|"
        "the level of|level of|the amount of|in order|from our data|quick question|quick one|one more|one thing|"
        "good morning|good afternoon|for the board|for the meeting|for my report|for my boss|"
        "my boss wants|for a presentation|all of the|all the|the various|any of the|"
        "out there|as well|come from|comes from|coming from|came from|there were|there was|"
        "there are|there is|you can|give me the rundown on|rundown on|rundown of|the rundown|"
        "break it down|broken down|broken out|split out|each and every|at the top|who is|"
        "who are|who has|who have|who had|just give me|i guess|kind of|sort of|it would be|"
        "as part of|part of|the picture|picture of|the full picture|full picture|"
        "in the whole|shown as|show as|figures for|numbers for|the numbers|numbers on|"
        "the figures|data on|data for|stats on|statistics on|stats for|statistics for|"
        "statistics|stats|and so on|in general|generally|generally speaking|ballpark|roughly|"
        "approximately|about how many"
    ).split("|")
)  # fmt: skip
FILLER_PHRASES_SET = frozenset(FILLER_PHRASES) - {"about how many"}

# Grammar words a typo may be read as; anything longer would turn "summer" into "summed".
REPAIRABLE = frozenset(
    "average total number highest lowest largest smallest month quarter weekday between percentage "
    "share growth compare median maximum minimum excluding without monthly weekly yearly quarterly "
    "january february march april june july august september october november december".split()
)
