"""A space guessed from tables nobody has described."""

import duckdb
import pytest
from local_workspace.spaces import infer_space, profile_space
from local_workspace.translate import Answer, Clarification, translate


@pytest.fixture(scope="module")
def office():
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE departments(department_id INT, department_name VARCHAR);
        INSERT INTO departments VALUES (1,'Sales'),(2,'Finance');
        CREATE TABLE employees(employee_id INT, employee_name VARCHAR, department_id INT,
          salary INT, age INT, hire_date DATE, is_remote BOOLEAN);
        INSERT INTO employees VALUES (1,'Ann',1,50,30,'2020-01-01',true),
          (2,'Bob',2,70,40,'2021-01-01',false),(3,'Cy',2,90,50,'2021-06-01',true);
        CREATE TABLE orders(order_id INT, order_date DATE, employee_id INT, revenue INT, cost INT,
          discount DOUBLE, cancelled BOOLEAN);
        INSERT INTO orders VALUES (1,'2024-01-01',1,100,40,0,false),(2,'2024-02-01',2,50,20,.1,true);
        """
    )
    return connection


@pytest.fixture(scope="module")
def catalog(office):
    space = infer_space("Office data", ["departments", "employees", "orders"], office)
    return profile_space(space, office)


def test_joins_follow_names_and_lead_to_unique_keys(catalog):
    assert {(j.many, j.one) for j in catalog.joins} == {
        ("employees", "departments"),
        ("orders", "employees"),
    }


def test_name_is_a_slug_and_labels_are_name_columns(catalog):
    assert catalog.space.name == "office_data"
    assert catalog.tables["employees"].label == "employee_name"


def test_usual_measures_are_made(catalog):
    names = {measure.name for measure in catalog.measures}
    assert {"profit", "margin", "cancelled share of orders", "average order value"} <= names
    assert catalog.column("employees", "salary").aggregate == "avg"
    assert catalog.column("orders", "revenue").aggregate == "sum"


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("average salary by department", [("Finance", 80.0, 2), ("Sales", 50.0, 1)]),
        ("number of remote employees", [(2,)]),
        ("cancellation rate", [(0.5,)]),
        ("turnover by employee", [("Ann", 100), ("Bob", 50)]),
        ("profit margin by month", [(0.6, 1), (0.6, 1)]),
        ("employees hired in 2021", [("Bob",), ("Cy",)]),
        ("orders with a discount", [(1,)]),
    ],
)
def test_questions_are_answered(rows_of, catalog, office, question, rows):
    found = rows_of(question, catalog, office)
    assert [row[-len(rows[0]) :] for row in found] == rows


@pytest.mark.parametrize(
    "question", ["stock by warehouse", "who will resign next", "year over year revenue growth"]
)
def test_what_is_not_there_is_asked_back(catalog, question):
    assert isinstance(translate(question, catalog), Clarification)


def test_roles_of_a_shared_table_get_their_prepositions():
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE airports(code VARCHAR, name VARCHAR);"
        "INSERT INTO airports VALUES ('A','Aachen'),('B','Bern'),('C','Cork');"
        "CREATE TABLE trips(origin VARCHAR, dest VARCHAR, price INT);"
        "INSERT INTO trips VALUES ('A','B',1),('B','A',2),('A','C',3),('C','B',4)"
    )
    space = infer_space("trips", ["airports", "trips"], connection)
    assert {j.name for j in space.joins} == {"origin", "destination"}
    catalog = profile_space(space, connection)
    answer = translate("number of trips from Aachen to Bern", catalog)
    assert isinstance(answer, Answer)
    assert "origin.name = 'Aachen'" in answer.sql
    assert "destination.name = 'Bern'" in answer.sql


def test_a_cycle_of_keys_is_not_followed():
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE a(a_id INT, b_id INT); INSERT INTO a VALUES (1,1),(2,2);"
        "CREATE TABLE b(b_id INT, a_id INT); INSERT INTO b VALUES (1,1),(2,2)"
    )
    assert len(infer_space("x", ["a", "b"], connection).joins) == 1


@pytest.fixture(scope="module")
def world():
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE countries(country VARCHAR, continent VARCHAR, year INT, population BIGINT,
          life_expectancy DOUBLE, "Area (km2)" INT, engines INT);
        INSERT INTO countries SELECT c, k, y, y * 10, 60 + (y - 2000), 5, y % 3
          FROM (VALUES ('A','Asia'),('B','Europe')) t(c, k), range(2000, 2004) r(y);
        """
    )
    return connection


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("population by continent in 2002", [("Asia", 20020), ("Europe", 20020)]),
        ("average life expectancy since 2002", [(62.5,)]),
        ("life expectancy over time", [(2000, 60, 2), (2001, 61, 2), (2002, 62, 2), (2003, 63, 2)]),
        ("population growth since 2003", [(2003, 40060, 40040, 40060 / 40040 - 1)]),
        ("number of countries", [(2,)]),
        ("countries in Asia", [("A",)]),
        ("average area by continent", [("Asia", 5, 4), ("Europe", 5, 4)]),
    ],
)
def test_whole_years_are_time_and_entities_are_counted_once(rows_of, world, question, rows):
    catalog = profile_space(infer_space("world", ["countries"], world), world)
    found = rows_of(question, catalog, world)
    assert found == [pytest.approx(row) for row in rows]


@pytest.mark.parametrize(
    "question", ["population by month", "population in March 2002", "oldest countries"]
)
def test_months_are_not_made_up_from_years(world, question):
    catalog = profile_space(infer_space("world", ["countries"], world), world)
    assert isinstance(translate(question, catalog), Clarification)


@pytest.mark.parametrize(
    ("columns", "row"), [("", "shop row"), (", order_no INT DEFAULT nextval('n')", "shop")]
)
def test_daily_figures_of_a_file_named_after_one_thing_are_not_such_things(columns, row):
    connection = duckdb.connect()
    connection.execute("CREATE SEQUENCE n")
    connection.execute(f"CREATE TABLE shop(day DATE, branch VARCHAR, revenue DOUBLE{columns})")
    connection.execute(
        "INSERT INTO shop(day, branch, revenue) SELECT DATE '2025-01-01' + i::INT, b, i "
        "FROM range(60) r(i), (VALUES ('Bonn'), ('Ulm')) v(b)"
    )
    catalog = profile_space(infer_space("Bakery", ["shop"], connection), connection)
    assert catalog.tables["shop"].row == row
    counted = isinstance(translate("How many shops are there?", catalog), Answer)
    assert counted == (row == "shop")


@pytest.fixture(scope="module")
def cryptic():
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE rentals(contract_no INT, dt_out DATE, stn_in VARCHAR, class_cd VARCHAR,
          amt_net DECIMAL(9,2), disc_pct INT, tank_l INT);
        INSERT INTO rentals VALUES (1,'2024-01-02','Nice','ECO',100,10,40),
          (2,'2024-01-09','Lyon','ECO',50,0,50), (3,'2024-03-01','Nice','LUX',350,20,70);
        CREATE TABLE site_log(log_date DATE, dead_fish INT);
        INSERT INTO site_log VALUES ('2024-01-01', 3), ('2024-01-02', 5), ('2024-01-02', 1);
        """
    )
    space = infer_space("cryptic", ["rentals", "site_log"], connection)
    return connection, profile_space(space, connection)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("revenue by class", [("LUX", 350), ("ECO", 150)]),
        ("total net amount", [(500,)]),
        ("average discount by class", [("LUX", 20.0, 1), ("ECO", 5.0, 2)]),
        ("total tank", [(160,)]),
        ("number of log entries", [(3,)]),
        ("revenue in March 2024", [(350,)]),
    ],
)
def test_short_forms_of_columns_are_read_in_full(rows_of, cryptic, question, rows):
    connection, catalog = cryptic
    found = rows_of(question, catalog, connection)
    assert [row[-len(rows[0]) :] for row in found] == rows


def test_what_is_given_away_is_no_revenue():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE grants(grant_no INT, paid_dt DATE, amt INT)")
    connection.execute("INSERT INTO grants VALUES (1, '2024-01-01', 5), (2, '2024-02-01', 7)")
    catalog = profile_space(infer_space("g", ["grants"], connection), connection)
    assert isinstance(translate("income by month", catalog), Clarification)
    assert isinstance(translate("grant money by month", catalog), Answer)
