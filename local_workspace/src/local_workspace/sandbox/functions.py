"""What a statement may contain: sqlglot node names. Everything that is not named here is refused.

A list of forbidden names would not do: engines grow functions that read files, sleep, or build
gigabytes from one literal (`repeat`, `range`, `query_table`, `duckdb_settings`, ...).
"""


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


AGGREGATES = words("""
    anyvalue approxdistinct approxquantile argmax argmin avg corr count countif covarpop covarsamp
    first last logicaland logicalor max median min mode percentilecont percentiledisc quantile
    stddev stddevpop stddevsamp sum variance variancepop
""")
WINDOW_FUNCTIONS = words("""
    cumedist denserank firstvalue lag lastvalue lead nthvalue ntile percentrank rank rownumber
""")
NUMBERS = words("abs ceil exp floor greatest least ln log pow round safedivide sign sqrt")
TEXT = words("""
    concat concatws contains endswith initcap left length lower regexplike replace right startswith
    strposition substring trim upper
""")
CONDITIONS = words("and case cast coalesce exists if nullif nvl2 or trycast xor")
DATES = words("""
    addmonths currentdate currenttimestamp date dateadd datediff datesub datetrunc day dayname
    dayofmonth dayofweek dayofweekiso dayofyear extract hour lastday minute month monthname
    monthsbetween quarter second strtodate strtotime timestampadd timestampdiff timestamptrunc
    timestrtotime timetostr tsordsadd tsordsdiff tsordstodate tsordstotimestamp week weekofyear year
""")
FUNCTIONS = AGGREGATES | WINDOW_FUNCTIONS | NUMBERS | TEXT | CONDITIONS | DATES

UNTYPED = words("isnotnull isnull make_date weekday")
"""Databricks functions that sqlglot keeps by name only."""

QUERIES = words("""
    select from join where group having order ordered limit offset with cte subquery union
    intersect except table tablealias qualify distinct window windowspec filter withingroup rollup
    cube groupingsets
""")
EXPRESSIONS = words("""
    alias aliases boolean column identifier literal null paren star var tuple parameter placeholder
    datatype datatypeparam interval in between is like ilike escape not neg
""")
OPERATORS = words("add sub mul div intdiv mod eq neq gt gte lt lte dpipe nullsafeeq nullsafeneq")
SYNTAX = QUERIES | EXPRESSIONS | OPERATORS
