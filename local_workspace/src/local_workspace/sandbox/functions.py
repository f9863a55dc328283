"""What a statement may contain: sqlglot node names. Everything that is not named here is refused.

A list of forbidden names would not do: engines grow functions that read files, sleep, or build
gigabytes from one literal (`repeat`, `range`, `query_table`, `duckdb_settings`, ...).
"""

AGGREGATES = frozenset(
    [
        "anyvalue",
        "approxdistinct",
        "approxquantile",
        "argmax",
        "argmin",
        "avg",
        "corr",
        "count",
        "countif",
        "covarpop",
        "covarsamp",
        "first",
        "last",
        "logicaland",
        "logicalor",
        "max",
        "median",
        "min",
        "mode",
        "percentilecont",
        "percentiledisc",
        "quantile",
        "stddev",
        "stddevpop",
        "stddevsamp",
        "sum",
        "variance",
        "variancepop",
    ]
)
WINDOW_FUNCTIONS = frozenset(
    [
        "cumedist",
        "denserank",
        "firstvalue",
        "lag",
        "lastvalue",
        "lead",
        "nthvalue",
        "ntile",
        "percentrank",
        "rank",
        "rownumber",
    ]
)
NUMBERS = frozenset(
    [
        "abs",
        "ceil",
        "exp",
        "floor",
        "greatest",
        "least",
        "ln",
        "log",
        "pow",
        "round",
        "safedivide",
        "sign",
        "sqrt",
    ]
)
TEXT = frozenset(
    [
        "concat",
        "concatws",
        "contains",
        "endswith",
        "initcap",
        "left",
        "length",
        "lower",
        "regexplike",
        "replace",
        "right",
        "startswith",
        "strposition",
        "substring",
        "trim",
        "upper",
    ]
)
CONDITIONS = frozenset(
    ["and", "case", "cast", "coalesce", "if", "nullif", "nvl2", "or", "trycast", "xor"]
)
DATES = frozenset(
    [
        "addmonths",
        "currentdate",
        "currenttimestamp",
        "date",
        "dateadd",
        "datediff",
        "datesub",
        "datetrunc",
        "day",
        "dayname",
        "dayofmonth",
        "dayofweek",
        "dayofweekiso",
        "dayofyear",
        "extract",
        "hour",
        "lastday",
        "minute",
        "month",
        "monthname",
        "monthsbetween",
        "quarter",
        "second",
        "strtodate",
        "strtotime",
        "timestampadd",
        "timestampdiff",
        "timestamptrunc",
        "timestrtotime",
        "timetostr",
        "tsordsadd",
        "tsordsdiff",
        "tsordstodate",
        "tsordstotimestamp",
        "week",
        "weekofyear",
        "year",
    ]
)
# Databricks functions that sqlglot keeps by name only.
UNTYPED = frozenset(["isnotnull", "isnull", "make_date", "weekday"])

FUNCTIONS = AGGREGATES | WINDOW_FUNCTIONS | NUMBERS | TEXT | CONDITIONS | DATES

SYNTAX = frozenset(
    # queries
    "select from join where group having order ordered limit offset with cte subquery union "
    "intersect except table tablealias qualify distinct "
    # expressions
    "alias aliases boolean column identifier literal null paren star var tuple parameter placeholder "
    "datatype datatypeparam interval window windowspec filter withingroup exists in between is "
    "like ilike escape not neg nullsafeeq nullsafeneq rollup cube groupingsets "
    # operators
    "add sub mul div intdiv mod eq neq gt gte lt lte dpipe".split()
)
