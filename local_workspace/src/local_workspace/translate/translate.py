"""The one entry: question in, answer or question back out. Pure, about a millisecond."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.translate.accounted import contradiction, missing
from local_workspace.translate.asides import without_asides
from local_workspace.translate.binding import Unbound
from local_workspace.translate.chunks import chunks
from local_workspace.translate.clarify import not_answerable
from local_workspace.translate.followup import by_name, patched, without_ones
from local_workspace.translate.lexicon import lexicon_of
from local_workspace.translate.plan import Answer, Clarification, Plan
from local_workspace.translate.reader import Reader
from local_workspace.translate.readings import homonym, is_amount, readings
from local_workspace.translate.restate import description, title
from local_workspace.translate.shapes import of_others, shaped
from local_workspace.translate.shapes.reading import AskedBack, Reading
from local_workspace.translate.shapes.wordings import plainly
from local_workspace.translate.sql_shapes import statement
from local_workspace.translate.tied import is_follow_up, is_fragment, is_short, points_back, tied
from local_workspace.translate.words import tokens

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import Catalog
    from local_workspace.translate.chunks import Chunk
    from local_workspace.translate.lexicon import Lexicon

MAX_CHARACTERS = 2_000


def translate(
    question: str, catalog: Catalog, previous: Plan | None = None
) -> Answer | Clarification:
    """Return SQL that answers `question`, or a question back when any word is unexplained."""
    if len(question) > MAX_CHARACTERS:
        return not_answerable(
            f"the question is longer than {MAX_CHARACTERS} characters; ask for one table at a time",
            catalog,
        )
    verified = _verified(question, catalog)
    if verified:
        return verified
    question = without_asides(question, lexicon_of(catalog))
    if previous is not None and is_follow_up(question):
        continued = _follow_up(question, catalog, previous)
        if continued is not None:
            return continued
    if points_back(question):
        return not_answerable("this follows on a question that has no answer here; ask it in full",
                              catalog)  # fmt: skip
    answer = _standing_alone(question, catalog)
    if previous is None or not isinstance(answer, Clarification) or not is_fragment(question):
        return answer
    continued = _follow_up(question, catalog, previous)
    measured = continued and continued.plan and continued.plan.metrics != previous.metrics
    return continued if continued and (is_short(question) or not measured) else answer


def _standing_alone(question: str, catalog: Catalog) -> Answer | Clarification:
    lexicon = lexicon_of(catalog)
    found = chunks(question, lexicon)
    if not found:
        return not_answerable("ask for a number or a breakdown of the data", catalog)
    word = homonym(found, catalog)
    if word is None:
        return _read(found, catalog, lexicon)
    rows, column = (_read(chunks, catalog, lexicon) for chunks in readings(found, word))
    if (
        word.plural
        and isinstance(rows, Answer)
        and isinstance(column, Answer)
        and not _of_its_own(found, word, rows)
    ):
        return not_answerable(
            f"“{word.text}” could mean the {word.text} themselves ({_small(rows.title)}) or the "
            f"number that each row holds ({_small(column.title)})",
            catalog,
        )
    return column if is_amount(found, word) and not isinstance(rows, Answer) else rows


def _of_its_own(found: list[Chunk], word: Chunk, rows: Answer) -> bool:
    """Whether the rows that the word names are all that is asked about: "gold guests"."""
    own = {s.table for s in word.senses if s.kind == "table"}
    at = found.index(word)
    told = {s.table for chunk in found[max(at - 1, 0) : at] for s in chunk.senses}
    return bool(own & told) or (rows.plan is not None and rows.plan.table in own)


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]


def _read(found: list[Chunk], catalog: Catalog, lexicon: Lexicon) -> Answer | Clarification:
    """The answer to one reading of the words."""
    found = plainly(found, catalog)
    reading = Reading(catalog, lexicon)
    try:
        plan = shaped(found, reading) or reading.plan(found)
        doubt = of_others(plan)
    except AskedBack as back:
        return back.clarification
    except Unbound as reason:
        return not_answerable(reason.reason, catalog)
    if doubt:
        return not_answerable(doubt, catalog)
    return _answer(plan, catalog, found, reading.notes)


def _follow_up(question: str, catalog: Catalog, previous: Plan) -> Answer | None:
    """The previous plan patched; None when the question stands on its own."""
    lexicon = lexicon_of(catalog)
    said = tied(question)
    if said.by_name:
        sorted_plan = by_name(previous)
        notes = ["this continues the previous question"]
        return _answer(sorted_plan, catalog, [], notes) if sorted_plan else None
    found = plainly(without_ones(chunks(said.text, lexicon)), catalog)
    if not found:
        return None
    draft = Reader(catalog, found).read()
    if draft.refusal or draft.unexplained or draft.unclear:
        return None
    try:
        plan = patched(draft, previous, catalog, lexicon, said)
    except Unbound:
        return None
    if missing(found, plan, catalog) or contradiction(plan):
        return None
    return _answer(plan, catalog, found, [*draft.notes, "this continues the previous question"])


def _answer(plan: Plan, catalog: Catalog, found: list[Chunk], notes: list[str]) -> Answer:
    repaired = [f"“{c.repaired}” was read as “{_said(c.text, c)}”" for c in found if c.repaired]
    return Answer(
        sql=statement(plan, catalog),
        title=title(plan, catalog),
        description=description(plan, catalog, [*repaired, *notes]),
        plan=plan,
    )


def _said(text: str, chunk: object) -> str:
    senses = getattr(chunk, "senses", ())
    if senses:
        first = senses[0]
        return str(first.value or first.name or first.table).replace("_", " ")
    return str(getattr(chunk, "value", "") or getattr(chunk, "name", "") or text)


def _verified(question: str, catalog: Catalog) -> Answer | None:
    wanted = _plain(question)
    for example in catalog.space.examples:
        if _plain(example.question) == wanted:
            said = example.description or "Answered by a verified example of this space."
            heading = example.question.rstrip("?")
            return Answer(example.sql, heading, said, None, source="verified example")
    return None


def _plain(question: str) -> tuple[str, ...]:
    return tuple(token.lower for token in tokens(question) if token.lower.isalnum())
