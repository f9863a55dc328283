"""The order of the stages: the only place that knows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from aislides.deck.v1 import deck_pb2, fact_pb2, result_pb2
from aislides.orchestrator.v1 import orchestrator_service_pb2 as pb

from orchestrator_svc.deck.complete import appendix, appendix_size
from orchestrator_svc.deck.gaps import NO_ROWS, NOT_ANSWERED, gap_slide, is_gap
from orchestrator_svc.deck.text import parse_text, print_text
from orchestrator_svc.errors import NoRows, RetrievalFailed
from orchestrator_svc.facts import find_facts
from orchestrator_svc.facts.payload import write_payload
from orchestrator_svc.pipeline.from_spec import bundle_from_spec
from orchestrator_svc.pipeline.intent import Plan, plan_questions
from orchestrator_svc.pipeline.narrative import rules_story, write_story
from orchestrator_svc.pipeline.reading import read_deeply
from orchestrator_svc.pipeline.refresh import refreshed_bundle
from orchestrator_svc.pipeline.retrieval import Retrieved, Unanswered, ask_all
from orchestrator_svc.pipeline.revision import revised_bundle
from orchestrator_svc.pipeline.run import Run
from orchestrator_svc.pipeline.verification import Proving
from orchestrator_svc.ports import Space, ToolTurn
from orchestrator_svc.render.html import render_html
from orchestrator_svc.store.change import Change
from orchestrator_svc.store.clock import timestamp, wall_clock
from orchestrator_svc.verify import VerifyContext, verdict

REFRESH: Final = "refresh"
"""Kept as a step before a run begins, it makes the run one that refreshes a revision."""
REVISE: Final = "revise-it"
"""Kept as a step before a run begins, it makes the run one that changes a revision."""

FEWEST_WITH_GAPS: Final = 5
"""Slides of a deck that has room to tell on one of them what brought nothing."""
OUTCOMES: Final = ("proved", "repaired", "replaced", "removed", "references")
"""What the event of a verdict counts."""


class AskBack(Exception):
    """The question cannot be answered as it stands; the person who asked must say more."""

    def __init__(self, text: str, suggestions: Sequence[str]) -> None:
        super().__init__(text)
        self.clarification = pb.DeckClarification(text=text, suggestions=suggestions)


async def make_deck(run: Run) -> None:
    """Makes the deck of a run and keeps it as a revision.

    Raises AskBack when only the caller can go on, and ServiceError when there can be no deck.
    """
    if (refresh := run.steps.kept(REFRESH)) is not None:
        await _refresh(run, refresh["revision"])
        return
    revise = run.steps.kept(REVISE)
    if run.request.HasField("spec"):
        bundle = await bundle_from_spec(run)
        await finish(run, bundle, origin="created" if revise is None else "revised")
        return
    if revise is not None:
        await _revise(run, revise["revision"], revise["instruction"])
        return
    journal = run.journal
    async with journal.at_work_on(pb.STAGE_INTENT):
        space = await run.genie.space(run.request.space_id)
        plan = await plan_questions(run, space)
        if not plan.questions:
            raise AskBack(plan.clarification, plan.suggestions)
        await _report_plan(run, plan, "planned:0")
    async with journal.at_work_on(pb.STAGE_RETRIEVAL):
        results = await _retrieve(run, space, plan)
    async with journal.at_work_on(pb.STAGE_ANALYSIS):
        facts = find_facts(results)
        await _report_facts(run, facts)
    bundle = await _write_and_prove(run, results, facts)
    async with journal.at_work_on(pb.STAGE_RENDERING):
        # Drawn once here so that a deck that cannot be drawn is never called complete.
        render_html(bundle)
    await finish(run, bundle)


async def _refresh(run: Run, revision: int) -> None:
    _, base = await run.store.revision(run.deck_id, revision)
    bundle = await refreshed_bundle(run, base)
    if bundle is None:
        run.journal.remark("unchanged", "The data are what they were; the deck is up to date.")
        bundle = base
    await finish(run, bundle, origin="" if bundle is base else "refreshed")


async def _revise(run: Run, revision: int, instruction: str) -> None:
    _, base = await run.store.revision(run.deck_id, revision)
    bundle = await revised_bundle(run, base, instruction)
    await finish(run, bundle, origin="revised", instruction=instruction)


async def _retrieve(run: Run, space: Space, plan: Plan) -> list[result_pb2.Result]:
    """Asks the planned questions, and in follow-up rounds others for those that brought nothing."""
    asked = 0
    turns: list[ToolTurn] = []
    unanswered: list[Unanswered] = []
    answered: list[str] = []
    questions: Sequence[str] = plan.questions
    for round_number in range(run.follow_up_rounds + 1):
        retrieved = await ask_all(run, space, questions, first=asked + 1)
        asked += len(questions)
        answered += retrieved.answered
        unanswered = list(retrieved.unanswered)
        if not unanswered or round_number == run.follow_up_rounds:
            break
        room = min(run.max_questions - len(answered), run.question_limit - asked)
        if room <= 0:
            if asked >= run.question_limit:
                run.journal.remark(
                    "no-questions-left",
                    "Questions that brought nothing were not asked anew: "
                    f"all of the {run.question_limit} questions allowed were asked.",
                )
            break
        if all(item.error is not None for item in unanswered):
            # Nobody asked back: other words would not help against a failure.
            break
        turns += _turns(questions, retrieved, round_number)
        follow_up = await plan_questions(
            run, space, round_number=round_number + 1, turns=tuple(turns)
        )
        questions = [item for item in follow_up.questions if item not in questions][:room]
        if not questions:
            break
        await _report_plan(run, follow_up, f"planned:{round_number + 1}")
    results = await run.store.results(run.deck_id, run.number)
    if not results:
        raise _nothing(unanswered)
    with_rows = [result for result in results if result.rows]
    if not with_rows:
        raise NoRows(
            "the queries succeeded but returned no rows: ask about another period or another "
            "group, or check that the space's tables hold data",
            metadata={"space_id": space.space_id},
        )
    for result in results:
        if not result.rows:
            run.journal.remark(f"empty:{result.id}", f"{NO_ROWS}: “{result.question}”")
    for number, item in enumerate(unanswered):
        # A deck goes to readers: what a failure says of our machines stays in the job's events.
        why = item.text if item.error is None else item.error["reason"]
        run.journal.remark(f"unanswered:{number}", f"{NOT_ANSWERED}: “{item.question}” ({why})")
    return with_rows


def _turns(questions: Sequence[str], got: Retrieved, round_number: int) -> list[ToolTurn]:
    refused = {item.question: item for item in got.unanswered}
    turns = []
    for number, question in enumerate(questions):
        item = refused.get(question)
        outcome = {"answered": True} if item is None else {"answered": False, "asks": item.text}
        turns.append(
            ToolTurn(call_id=f"call_{round_number}_{number}", question=question, outcome=outcome)
        )
    return turns


def _nothing(unanswered: Sequence[Unanswered]) -> Exception:
    """Why no question at all was answered, as the run's end."""
    asked_back = [item for item in unanswered if item.error is None]
    if asked_back:
        suggestions = list(dict.fromkeys(text for item in asked_back for text in item.suggestions))
        return AskBack(asked_back[0].text, suggestions)
    return RetrievalFailed.from_json(unanswered[0].error or {})


async def _report_plan(run: Run, plan: Plan, key: str) -> None:
    planned = pb.QueriesPlanned(intent=plan.intent, questions=plan.questions)
    run.journal.record(key, pb.DeckEvent(queries_planned=planned))


async def _report_facts(run: Run, facts: Sequence[fact_pb2.Fact]) -> None:
    by_id = {fact.id: fact for fact in facts}
    locale = run.request.locale or run.settings.output.locale
    computed = pb.FactsComputed(
        count=len(facts),
        highlights=[print_text(fact.sentence, by_id, locale) for fact in facts[:10]],
    )
    run.journal.record("facts", pb.DeckEvent(facts_computed=computed))


async def _write_and_prove(
    run: Run, results: Sequence[result_pb2.Result], facts: Sequence[fact_pb2.Fact]
) -> deck_pb2.DeckBundle:
    locale = run.request.locale or run.settings.output.locale
    at_the_end = appendix_size(len(results), run.max_slides)
    remarks = (await run.journal.info()).remarks
    gaps = any(is_gap(text) for text in remarks) and run.max_slides >= FEWEST_WITH_GAPS
    room = run.max_slides - at_the_end - gaps
    by_id = {fact.id: fact for fact in facts}
    proving = Proving(
        context=VerifyContext(facts, results, run.request.question, locale=locale),
        facts=by_id,
        locale=locale,
        limit=room,
    )
    payload = write_payload(run.request.question, room, results, facts)

    async def on_slide(index: int, data: Mapping[str, Any]) -> None:
        await proving.publish_if_proved(run, index, data)

    async with run.journal.at_work_on(pb.STAGE_NARRATIVE):
        if run.request.depth == pb.DEPTH_DEEP:
            payload = await read_deeply(run, payload)
        story = await write_story(run, payload, on_slide)
    async with run.journal.at_work_on(pb.STAGE_VERIFICATION):
        await proving.settle_rest(run, payload, story)
        if not proving.slides:
            story = await _by_rules_after_all(run, proving, payload)
        if gaps:
            own = gap_slide(f"s{len(story['slides']) + 1}")
            await proving.settle(run, _before_limits(proving), own)
        slides = proving.kept()
        title = proving.proved_text(story["title"], slides[0].headline)
        deck = deck_pb2.Deck(
            title=title,
            subtitle=proving.proved_text(story["subtitle"], fact_pb2.Text()),
            question=run.request.question,
            language="en",
            locale=locale,
            theme=run.request.theme or run.settings.output.theme,
            slides=[*slides, *appendix(results, at_the_end, len(story["slides"]) + 1 + gaps)],
            written_by=story["written_by"],
            prepared_at=timestamp(wall_clock()),
            remarks=[parse_text(text) for text in (await run.journal.info()).remarks],
        )
        proving.settle_between(deck)
    return deck_pb2.DeckBundle(
        deck=deck, results=results, facts=facts, verdict=verdict(proving.verdicts(), deck)
    )


def _before_limits(proving: Proving) -> float:
    """The place of a slide right before that of the limits, which closes a deck."""
    places = sorted(proving.slides)
    closing = [at for at in places if proving.slides[at].layout == deck_pb2.LAYOUT_LIMITS]
    return closing[-1] - 0.5 if closing else places[-1] + 0.5


async def _by_rules_after_all(
    run: Run, proving: Proving, payload: dict[str, Any]
) -> dict[str, Any]:
    """The rules' story, settled, in the place of one of which nothing could be proved."""
    run.journal.remark(
        "nothing-proved",
        "Nothing that the model wrote could be proved; sentences are templates of the facts.",
    )
    story = rules_story(payload)
    for index, slide in enumerate(story["slides"][: proving.limit]):
        await proving.settle(run, index, proving.slide(index, slide))
    if not proving.slides:
        raise NoRows(
            "the results hold nothing that can be said with proof; ask about another measure, "
            "period or group"
        )
    return story


async def finish(
    run: Run, bundle: deck_pb2.DeckBundle, *, origin: str = "created", instruction: str = ""
) -> None:
    """Keeps the bundle as the current revision, unless it is one (no `origin`); ends the run."""
    by_id = {fact.id: fact for fact in bundle.facts}
    title = print_text(bundle.deck.title, by_id, bundle.deck.locale)

    def edit(change: Change) -> None:
        change.info.usage.wall_time.CopyFrom(run.journal.wall_time())
        if origin:
            change.add_revision(bundle, origin=origin, title=title, instruction=instruction)
        change.info.state = pb.STATE_SUCCEEDED
        change.info.theme = bundle.deck.theme
        change.info.verdict.CopyFrom(bundle.verdict)
        verified = {name: getattr(bundle.verdict, name) for name in OUTCOMES}
        event = pb.DeckEvent(verified=pb.DeckVerified(**verified))
        change.append(event, once=f"{run.number}:verified")
        completed = pb.DeckCompleted(
            revision=change.info.revision,
            title=title,
            slide_count=len(bundle.deck.slides),
            usage=change.info.usage,
            slide_ids=[slide.id for slide in bundle.deck.slides],
        )
        change.append(pb.DeckEvent(completed=completed), once=f"{run.number}:completed")

    await run.journal.change(edit)
