"""Many voices, one plan: each wording must lead to these pieces of SQL."""

import pytest
from local_workspace.translate import Answer, translate

FLIGHTS = [
    ("Which airport is the busiest?", "count(*)", "LIMIT 1"),
    ("10 busiest days", "GROUP BY 1", "LIMIT 10"),
    ("In which month were departure delays highest on average?", "avg(dep_delay)", "LIMIT 1"),
    ("worst 3 airports by cancellation rate", "COUNT_IF(flights.cancelled)", "DESC NULLS LAST", "LIMIT 3"),
    ("best airline by on-time rate", "arr_delay <= 15", "DESC", "LIMIT 1"),
    ("airline with the fewest cancellations", "ORDER BY 2 NULLS LAST", "LIMIT 1"),
    ("highest average arrival delay by airline", "avg(flights.arr_delay)", "DESC"),
    ("rank airlines by average arrival delay", "ORDER BY 2 DESC"),
    ("airlines ranked by number of flights", "airlines.name", "count(*)"),
    ("airlines with more than 20000 flights", "HAVING count(*) > 20000"),
    ("airlines whose average departure delay is above 15 minutes", "HAVING avg(flights.dep_delay) > 15"),
    ("number of flights per destination, only those with at least 10000", "HAVING count(*) >= 10000"),
    ("flights with an arrival delay over 2 hours by airline", "arr_delay > 120"),
    ("flights with departure delay between 30 and 60 minutes", "BETWEEN 30 AND 60"),
    ("flights delayed by more than 30 minutes by origin", "dep_delay > 30"),
    ("what proportion of departures leave at least 15 minutes late?", "FILTER (WHERE dep_delay >= 15)"),
    ("flights longer than 1000 miles by airline", "distance > 1000"),
    ("number of flights with unknown tail number", "tailnum IS NULL"),
    ("flights where arrival delay is not known by airline", "arr_delay IS NULL"),
    ("number of planes with more than 2 engines", "engines > 2"),
    ("how many planes were built after 2005?", "year_built > 2005"),
    ("JFK compared to Newark: number of flights", "IN ('John F Kennedy Intl', 'Newark Liberty Intl')", "GROUP BY 1"),
    ("Compare JetBlue with Delta on arrival delay", "IN ('JetBlue Airways', 'Delta Air Lines Inc.')"),
    ("departure delay JFK vs LGA", "origin IN ('JFK', 'LGA')", "GROUP BY 1"),
    ("Q2 versus Q3 cancellations", "date_trunc('QUARTER'"),
    ("Departure delay on Mondays versus Fridays", "IN (1, 5)", "EEEE"),
    ("how did cancellations develop in February", "flight_date AS flight_date"),
    ("How did departure delays develop over the year?", "date_trunc('MONTH'"),
    ("average departure and arrival delay by origin", "dep_delay", "arr_delay"),
    ("average and maximum departure delay by origin", "avg(", "max("),
    ("median and average arrival delay by month", "median(arr_delay)", "avg(arr_delay)"),
    ("standard deviation of departure delay by airline", "stddev(flights.dep_delay)"),
    ("what was the average number of flights per day?", "count(*) / nullif(count(DISTINCT flight_date), 0)"),
    ("average daily flights by month", "count(DISTINCT flight_date)", "date_trunc('MONTH'"),
    ("on how many days were there flights to Anchorage", "count(DISTINCT"),
    ("how many airlines fly to Honolulu", "count(DISTINCT flights.carrier)"),
    ("which airports does Hawaiian Airlines fly to", "SELECT DISTINCT", "destination_airport"),
    ("list the airlines", "SELECT DISTINCT"),
    ("what airports are in the data?", "SELECT DISTINCT"),
    ("airport of origin and number of flights", "origin_airport.name"),
    ("number of flights by carrier code", "carrier AS airline"),
    ("flights by origin and airline in December, sorted by flights descending", "ORDER BY 3 DESC"),
    ("average departure delay by month, order by month", "ORDER BY 1"),
    ("on-time performance by airline, best first", "ORDER BY 2 DESC"),
    ("top 3 destinations for each origin by flights", "QUALIFY row_number() OVER (PARTITION BY"),
    ("show me the share of each airline in total flights from JFK", "OVER ()", "origin = 'JFK'"),
    ("Delta's share of flights", "FILTER (WHERE airlines.name = 'Delta Air Lines Inc.')"),
    ("% of flights delayed by origin", "dep_delay >= 15", "GROUP BY 1"),
    ("number of cancelled flights as a share of total by airline", "OVER ()"),
    ("number of flights from JFK excluding JetBlue and Delta", "NOT IN ('JetBlue Airways', 'Delta Air Lines Inc.')"),
    ("How many flights not from JFK?", "origin <> 'JFK'"),
    ("flights in summer by origin", "2013-06-01", "2013-09-01"),
    ("number of weekend flights by airline", "IN (6, 7)"),
    ("flights from JFK to LAX on Fridays in June", "= 5", "'LAX'"),
    ("departures in the week of Feb 4", "2013-02-11"),
    ("average departure delay in the morning", "dep_hour IN (5, 6"),
    ("When was the last flight", "max(flight_date)"),
    ("what period does the data cover", "min(", "max("),
    ("weekly cancellations in the first quarter", "date_trunc('WEEK'"),
    ("airports above 5000 feet", "alt > 5000"),
    ("flights by route, top 5", "CONCAT"),
    ("avg dep delay n flights by airline pls", "avg(", "count(*)"),
    ("average temp and wind speed by month", "avg(temp)", "avg(wind_speed)"),
    ("Could you kindly tell me how late Southwest flights depart on average?", "avg(flights.dep_delay)", "Southwest"),
    ("breakdown of flights by airline", "airlines.name"),
    ("total flights by quarter", "date_trunc('QUARTER'"),
]  # fmt: skip

SHOP = [
    ("in-store revenue share by region", "FILTER (WHERE sales.channel = 'In-store')"),
    ("revenue share of Camping by year", "FILTER (WHERE products.category = 'Camping')"),
    ("how much of the revenue comes from Footwear", "FILTER", "/ nullif"),
    ("profit by category and year", "date_trunc('YEAR'"),
    ("revenue this year vs last year", "2023-01-01", "2025-01-01", "GROUP BY 1"),
    ("how did margin change from 2023 to 2024", "date_trunc('YEAR'"),
    ("quarter over quarter profit growth in 2024", "add_months", "-3"),
    ("profit growth year on year by category", "before.category <=> now.category"),
    ("week over week revenue growth", "date_sub", "7"),
    ("top 2 products per region by units", "QUALIFY"),
    ("stores in the East with revenue below 1000", "HAVING sum(sales.revenue) < 1000"),
    ("customers with more than 1 orders", "HAVING count(*) > 1"),
    ("What percentage of revenue comes from Business customers?", "FILTER (WHERE customers.segment = 'Business')"),
    ("count of distinct customers by month", "count(DISTINCT customer_id)"),
    ("customers by signup month", "date_trunc('MONTH', signup_date)"),
    ("average order value of business clients by quarter", "customers.segment = 'Business'"),
    ("revenue per order by channel", "NULLIF(COUNT(DISTINCT order_id), 0)"),
    ("average quantity per order", "avg(quantity)"),
    ("revenue for stores outside the East", "region <> 'East'"),
    ("units sold at full price by product", "NOT (sales.discount > 0)"),
    ("revenue of the top 5 products", "LIMIT 5"),
    ("sort regions by revenue ascending", "ORDER BY 2 NULLS LAST"),
    ("revenue by segment where discount is at least 20%", "discount >= 0.2"),
    ("Please compare Online and In-store by revenue, orders and margin", "total_revenue_usd", "AS margin"),
    ("highest revenue day", "order_date AS order_date", "LIMIT 1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "pieces"), [(q, p) for q, *p in FLIGHTS], ids=[c[0] for c in FLIGHTS]
)
def test_flight_questions(flights, question, pieces):
    answer = translate(question, flights)
    assert isinstance(answer, Answer), answer
    for piece in pieces:
        assert piece in answer.sql


@pytest.mark.parametrize(
    ("question", "pieces"), [(q, p) for q, *p in SHOP], ids=[c[0] for c in SHOP]
)
def test_shop_questions(ask_shop, shop, question, pieces):
    answer = translate(question, shop)
    assert isinstance(answer, Answer), answer
    for piece in pieces:
        assert piece in answer.sql
    ask_shop(question)


@pytest.mark.parametrize(
    "question",
    ["how many customers signed up in 2023", "number of customers who signed up in 2023"],
)
def test_people_are_counted_and_not_the_days_on_which_they_came(shop, question):
    answer = translate(question, shop)
    assert isinstance(answer, Answer)
    assert "count(*) AS customers" in answer.sql
    assert "signup_date >= DATE'2023-01-01'" in answer.sql
