"""Layer A: decides from the parse tree whether a statement may run, and on which tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from local_workspace.sandbox.errors import StatementRefused
from local_workspace.sandbox.functions import FUNCTIONS, SYNTAX, UNTYPED

LONGEST_STATEMENT = 64 * 1024
MOST_NODES = 5_000


@dataclass(frozen=True)
class Schema:
    """The tables that one statement may read together: `catalog`.`name`.<table>."""

    catalog: str
    name: str
    tables: frozenset[str]

    def table(self, reference: exp.Table) -> str | None:
        """The table's own spelling, or None when the reference is not to one of ours."""
        if reference.catalog and reference.catalog.lower() != self.catalog.lower():
            return None
        if reference.db and reference.db.lower() != self.name.lower():
            return None
        wanted = reference.name.lower()
        return next((table for table in self.tables if table.lower() == wanted), None)


@dataclass(frozen=True)
class Checked:
    """A statement that may run: its tree, its schema, and the real table behind each reference."""

    tree: exp.Query
    schema: Schema | None
    references: Mapping[int, str]
    """`id` of a Table node -> the name of the table it reads."""

    def tables(self) -> Iterator[tuple[exp.Table, str]]:
        """The references to tables of the schema; references to CTEs are left out."""
        for node in list(self.tree.find_all(exp.Table)):
            if name := self.references.get(id(node)):
                yield node, name


def checked(statement: str, schemas: Sequence[Schema], *, first_wins: bool = False) -> Checked:
    """Parses one Databricks SQL query and proves that it only reads tables of one schema.

    When several schemas hold every table, the first wins or the query is ambiguous. Raises
    StatementRefused, with what is not allowed by name.
    """
    tree = parsed(statement)
    for node in tree.walk():
        refuse_unlisted(node)
    references = [node for node in tree.find_all(exp.Table) if not names_cte(node)]
    if not references:
        return Checked(tree, None, {})
    fitting = [s for s in schemas if all(s.table(node) for node in references)]
    if len(fitting) > 1 and not first_wins:
        raise StatementRefused(
            f"[AMBIGUOUS_REFERENCE] The table `{full_name(references[0])}` is in several schemas: "
            f"{', '.join(f'{s.catalog}.{s.name}' for s in fitting)}. Write its full name, or send "
            "`schema`. SQLSTATE: 42704",
            "42704",
        )
    if fitting:
        found = {id(node): fitting[0].table(node) or "" for node in references}
        return Checked(tree, fitting[0], found)
    lone = (node for node in references if not any(s.table(node) for s in schemas))
    missing = next(lone, references[0])
    raise StatementRefused(
        f"[TABLE_OR_VIEW_NOT_FOUND] The table `{full_name(missing)}` cannot be found. "
        f"Tables that can be read: {readable(schemas)}. SQLSTATE: 42P01",
        "42P01",
    )


def parsed(statement: str) -> exp.Query:
    """The one query in a statement."""
    if len(statement) > LONGEST_STATEMENT:
        raise StatementRefused(
            f"The statement has {len(statement):,} characters; {LONGEST_STATEMENT:,} are allowed.",
            "54000",
        )
    try:
        trees = [tree for tree in sqlglot.parse(statement, read="databricks") if tree is not None]
    except (SqlglotError, RecursionError) as error:
        raise StatementRefused(
            f"[PARSE_SYNTAX_ERROR] {first_line(error)}. SQLSTATE: 42601", "42601"
        ) from error
    if len(trees) != 1:
        raise StatementRefused(
            f"[PARSE_SYNTAX_ERROR] One statement is expected, {len(trees)} were sent. "
            "SQLSTATE: 42601",
            "42601",
        )
    root = trees[0]
    if not isinstance(root, exp.Query):
        raise StatementRefused(
            f"[UNSUPPORTED_STATEMENT] Only SELECT may run here, not {root.key.upper()}. "
            "SQLSTATE: 0A000",
            "0A000",
        )
    if sum(1 for _ in root.walk()) > MOST_NODES:
        raise StatementRefused(f"The statement has more than {MOST_NODES:,} parts.", "54001")
    return root


def refuse_unlisted(node: exp.Expr) -> None:
    """Raises StatementRefused for a node that is not on the lists of `functions.py`."""
    if isinstance(node, exp.Anonymous):
        if node.name.lower() not in UNTYPED:
            raise unknown_function(node.name)
    elif isinstance(node, exp.Func):
        if node.key not in FUNCTIONS:
            raise unknown_function(node.sql_name())
    elif node.key not in SYNTAX:
        raise StatementRefused(
            f"[UNSUPPORTED_FEATURE] {node.key.upper()} is not supported here. SQLSTATE: 0A000",
            "0A000",
        )
    if isinstance(node, exp.With) and node.recursive:
        raise StatementRefused(
            "[UNSUPPORTED_FEATURE] WITH RECURSIVE is not supported here. SQLSTATE: 0A000", "0A000"
        )
    if isinstance(node, exp.Table) and not isinstance(node.this, exp.Identifier):
        raise StatementRefused(
            f"[UNSUPPORTED_FEATURE] A table function ({node.this.sql('databricks')[:60]}) cannot "
            "be read here. SQLSTATE: 0A000",
            "0A000",
        )


def names_cte(reference: exp.Table) -> bool:
    """Whether the reference is to a CTE that is in scope at its place.

    Scope matters: a CTE that merely bears a table's name elsewhere must not hide that the real
    table is read, or row filters could be stepped around.
    """
    if reference.db:
        return False
    name = reference.name.lower()
    below: exp.Expr = reference
    above = reference.parent
    while above is not None:
        clause = below if isinstance(below, exp.With) else above.args.get("with_")
        if isinstance(above, exp.Query) and isinstance(clause, exp.With):
            for cte in clause.expressions:
                if clause is below and is_inside(reference, cte):
                    break  # a CTE sees the earlier ones only
                if cte.alias.lower() == name:
                    return True
        below, above = above, above.parent
    return False


def is_inside(node: exp.Expr, container: exp.Expr) -> bool:
    """Whether `node` lies in the tree below `container`."""
    above: exp.Expr | None = node
    while above is not None:
        if above is container:
            return True
        above = above.parent
    return False


def unknown_function(name: str) -> StatementRefused:
    """The refusal of a function that is not on the list."""
    return StatementRefused(
        f"[UNRESOLVED_ROUTINE] The function `{name.lower()}` cannot be used here. SQLSTATE: 42883",
        "42883",
    )


def full_name(reference: exp.Table) -> str:
    """The name as written, without quotes."""
    return ".".join(part.name for part in reference.parts)[:200]


def readable(schemas: Iterable[Schema]) -> str:
    """The names of all tables, for a message."""
    names = sorted(f"{schema.name}.{table}" for schema in schemas for table in schema.tables)
    return ", ".join(names[:20]) or "none"


def first_line(error: BaseException) -> str:
    """The first line of a parser's message, without the terminal underline codes it adds."""
    text = str(error).splitlines()[0] if str(error) else "the statement is nested too deeply"
    return text.replace("\x1b[4m", "").replace("\x1b[0m", "").rstrip(". ")[:300]
