"""Settling: every sentence of a slide ends proved, repaired, replaced by a template, or removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from aislides.deck.v1.deck_pb2 import Exhibit, Kpi, Layout, Point, Slide, Sparkline
from aislides.deck.v1.fact_pb2 import Fact, Text
from aislides.deck.v1.verdict_pb2 import Fault, SentenceOutcome, SentenceVerdict

from orchestrator_svc.deck.text import parse_text, references, template
from orchestrator_svc.verify.context import VerifyContext
from orchestrator_svc.verify.exhibits import caption_of, exhibit_of, mended, say_filters
from orchestrator_svc.verify.sentences import Sentence, faults_in, sentences, slide_facts
from orchestrator_svc.verify.structure import MAX_EXHIBITS, MAX_KPIS, MAX_POINTS, reference_fault

PROVED = SentenceOutcome.SENTENCE_OUTCOME_PROVED
REPAIRED = SentenceOutcome.SENTENCE_OUTCOME_REPAIRED
REPLACED = SentenceOutcome.SENTENCE_OUTCOME_REPLACED
REMOVED = SentenceOutcome.SENTENCE_OUTCOME_REMOVED

_NEEDS_EXHIBIT = {
    Layout.LAYOUT_FINDING,
    Layout.LAYOUT_FULL_WIDTH,
    Layout.LAYOUT_TABLE,
    Layout.LAYOUT_COMPARISON,
    Layout.LAYOUT_SMALL_MULTIPLES,
    Layout.LAYOUT_BRIDGE,
}


def settle_slide(
    slide: Slide, context: VerifyContext, repaired: Slide | None = None
) -> tuple[Slide | None, list[SentenceVerdict]]:
    """The slide as it may ship, and what became of each sentence.

    `repaired` is the writer's second try, if there was one; its sentences are used where the first
    ones are not proved. None when not even a headline can be proved.
    """
    work = _Settling(slide, context, repaired)
    if not work.headline():
        return None, work.verdicts
    work.points()
    work.kpis()
    work.exhibits()
    work.caption()
    work.rest()
    cited = [
        context.facts[ref.fact_id]
        for ref in references(work.done.headline)
        if ref.fact_id in context.facts
    ]
    say_filters(work.done, list({fact.id: fact for fact in cited}.values()), context)
    return work.done, work.verdicts


@dataclass(slots=True)
class _Settling:
    """One slide while it is settled. `done` starts as a copy and loses what is not proved."""

    slide: Slide
    context: VerifyContext
    repaired: Slide | None
    done: Slide = field(default_factory=Slide)
    verdicts: list[SentenceVerdict] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    found: dict[str, list[Fault]] = field(default_factory=dict)
    second: dict[str, Sentence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.done.CopyFrom(self.slide)
        for sentence in sentences(self.slide):
            self.found[sentence.field] = faults_in(sentence, self.context)
        if self.repaired is not None:
            self.second = {one.field: one for one in sentences(self.repaired)}

    def headline(self) -> bool:
        """Settles the headline; False when nothing can stand there."""
        faults = self.found.get("headline")
        if faults == []:
            self._note("headline", PROVED)
            self.used.update(ref.fact_id for ref in references(self.slide.headline))
            return True
        better = self._repair("headline")
        if better is not None:
            self.done.headline.CopyFrom(better.text)
            self._note("headline", REPAIRED, faults, self.slide.headline)
            return True
        fact = self._fact_for_headline()
        if fact is None:
            self._note("headline", REMOVED, faults, self.slide.headline)
            return False
        self.done.headline.CopyFrom(fact.headline)
        self.used.add(fact.id)
        self._note("headline", REPLACED, faults, self.slide.headline)
        return True

    def points(self) -> None:
        """Settles each point; its lead goes with its text."""
        kept: list[Point] = []
        for number, point in enumerate(self.slide.points[:MAX_POINTS]):
            settled = self._point(number, point, len(kept))
            if settled is not None:
                kept.append(settled)
        del self.done.points[:]
        self.done.points.extend(kept)

    def kpis(self) -> None:
        """Drops key figures that do not resolve, and words on them that are not proved."""
        kept: list[Kpi] = []
        for number, kpi in enumerate(self.slide.kpis[:MAX_KPIS]):
            if reference_fault(kpi.value, self.context) is not None:
                continue
            whole = Kpi()
            whole.CopyFrom(kpi)
            if kpi.HasField("change") and reference_fault(kpi.change, self.context) is not None:
                whole.ClearField("change")
                whole.ClearField("comparison")
            if kpi.sparkline.result_id and not self._drawable(kpi.sparkline):
                whole.ClearField("sparkline")
            for name in ("label", "comparison"):
                path = f"kpis[{number}].{name}"
                if self.found.get(path):
                    self._note(path, REMOVED, self.found[path], getattr(kpi, name))
                    whole.ClearField(name)
                elif path in self.found:
                    self._note(f"kpis[{len(kept)}].{name}", PROVED)
            kept.append(whole)
        del self.done.kpis[:]
        self.done.kpis.extend(kept)

    def exhibits(self) -> None:
        """Mends exhibits, drops those that cannot be drawn, and supplies one where it is needed."""
        kept = []
        for exhibit in self.slide.exhibits[:MAX_EXHIBITS]:
            whole = mended(exhibit, self.context)
            if whole is not None:
                kept.append(whole)
        if not kept and self.slide.layout in _NEEDS_EXHIBIT:
            cited = [
                self.context.facts[one]
                for one in slide_facts(self.done)
                if one in self.context.facts
            ]
            drawn = (exhibit_of(fact, self.context) for fact in cited)
            kept = [exhibit for exhibit in drawn if exhibit is not None][:1]
            if not kept:
                self.done.layout = Layout.LAYOUT_SUMMARY
        if self.done.layout == Layout.LAYOUT_COMPARISON and len(kept) == 1:
            self.done.layout = Layout.LAYOUT_FINDING
        for exhibit in kept:
            self._clear_unproved(exhibit)
        del self.done.exhibits[:]
        self.done.exhibits.extend(kept)

    def caption(self) -> None:
        """Settles the caption; one that code can derive replaces an unproved one."""
        if "caption" not in self.found:
            return
        faults = self.found["caption"]
        if not faults:
            self._note("caption", PROVED)
            return
        better = self._repair("caption")
        if better is not None:
            self.done.caption.CopyFrom(better.text)
            self._note("caption", REPAIRED, faults, self.slide.caption)
        elif self.done.exhibits:
            self.done.caption.CopyFrom(caption_of(self.done.exhibits[0], self.context))
            self._note("caption", REPLACED, faults, self.slide.caption)
        else:
            self.done.ClearField("caption")
            self._note("caption", REMOVED, faults, self.slide.caption)

    def rest(self) -> None:
        """Kicker, notes, footnotes and alternates: kept when proved, else left out."""
        for name in ("kicker", "notes"):
            if name not in self.found:
                continue
            text: Text = getattr(self.slide, name)
            better = self._repair(name) if self.found[name] else None
            if not self.found[name]:
                self._note(name, PROVED)
            elif better is not None:
                getattr(self.done, name).CopyFrom(better.text)
                self._note(name, REPAIRED, self.found[name], text)
            else:
                self.done.ClearField(name)
                self._note(name, REMOVED, self.found[name], text)
        for name in ("headline_alternates", "footnotes"):
            kept: list[Text] = []
            for number, text in enumerate(getattr(self.slide, name)):
                path = f"{name}[{number}]"
                if self.found.get(path):
                    self._note(path, REMOVED, self.found[path], text)
                elif path in self.found:
                    self._note(f"{name}[{len(kept)}]", PROVED)
                    kept.append(text)
            del getattr(self.done, name)[:]
            getattr(self.done, name).extend(kept)

    def _point(self, number: int, point: Point, place: int) -> Point | None:
        lead, text = f"points[{number}].lead", f"points[{number}].text"
        settled = Point()
        settled.CopyFrom(point)
        del settled.fact_ids[:]
        settled.fact_ids.extend(one for one in point.fact_ids if one in self.context.facts)
        del settled.text_alternates[:]
        settled.text_alternates.extend(
            alternate
            for at, alternate in enumerate(point.text_alternates)
            if not self.found.get(f"points[{number}].text_alternates[{at}]")
        )
        if not self.found.get(text):
            if text in self.found:
                self._note(f"points[{place}].text", PROVED)
            self._lead(number, settled, place)
            self.used.update(settled.fact_ids)
            return settled
        if self._repair(text) is not None and self._lead_repaired(lead):
            assert self.repaired is not None
            settled.CopyFrom(self.repaired.points[number])
            self._note(f"points[{place}].lead", REPAIRED, self.found.get(lead), point.lead)
            self._note(f"points[{place}].text", REPAIRED, self.found[text], point.text)
            return settled
        fact = self._unused(self._facts_of(point))
        if fact is None:
            self._note(lead, REMOVED, self.found.get(lead), point.lead)
            self._note(text, REMOVED, self.found[text], point.text)
            return None
        self.used.add(fact.id)
        replaced = Point(lead=parse_text(fact.lead), text=fact.sentence, fact_ids=[fact.id])
        self._note(f"points[{place}].lead", REPLACED, self.found.get(lead), point.lead)
        self._note(f"points[{place}].text", REPLACED, self.found[text], point.text)
        return replaced

    def _lead(self, number: int, settled: Point, place: int) -> None:
        """Settles the lead of a point whose text is proved."""
        path = f"points[{number}].lead"
        if path not in self.found:
            return
        if not self.found[path]:
            self._note(f"points[{place}].lead", PROVED)
            return
        better, original = self._repair(path), self.slide.points[number].lead
        if better is not None:
            settled.lead.CopyFrom(better.text)
            self._note(f"points[{place}].lead", REPAIRED, self.found[path], original)
            return
        facts = self._facts_of(self.slide.points[number])
        settled.lead.CopyFrom(parse_text(facts[0].lead if facts else ""))
        outcome = REPLACED if facts and facts[0].lead else REMOVED
        self._note(f"points[{place}].lead", outcome, self.found[path], original)

    def _lead_repaired(self, path: str) -> bool:
        return path not in self.second or self._repair(path) is not None

    def _repair(self, path: str) -> Sentence | None:
        """The second try's sentence at the same place, when it is proved."""
        sentence = self.second.get(path)
        if sentence is None or faults_in(sentence, self.context):
            return None
        return sentence

    def _facts_of(self, point: Point) -> list[Fact]:
        ids = [*point.fact_ids, *(ref.fact_id for ref in references(point.text))]
        known = dict.fromkeys(one for one in ids if one in self.context.facts)
        return [self.context.facts[one] for one in known]

    def _unused(self, facts: Sequence[Fact]) -> Fact | None:
        told = (fact for fact in facts if fact.sentence.spans and fact.id not in self.used)
        return next(told, None)

    def _fact_for_headline(self) -> Fact | None:
        """The best fact that the slide cites, else the best about a result that it shows."""
        facts = self.context.facts
        cited = [facts[one] for one in slide_facts(self.slide) if one in facts]
        if not cited:
            shown = {one.chart.result_id or one.table.result_id for one in self.slide.exhibits}
            cited = [fact for fact in facts.values() if shown & set(fact.result_ids)]
        own = [
            facts[ref.fact_id] for ref in references(self.slide.headline) if ref.fact_id in facts
        ]
        told = [fact for fact in own or cited if fact.headline.spans]
        return max(told, key=lambda fact: fact.score, default=None)

    def _clear_unproved(self, exhibit: Exhibit) -> None:
        """Empties captions, call-outs and headings of an exhibit that are not proved."""
        for number, given in enumerate(self.slide.exhibits):
            base = f"exhibits[{number}]"
            same = given.chart.result_id == exhibit.chart.result_id
            if not same:
                continue
            if self.found.get(f"{base}.caption"):
                self._note(f"{base}.caption", REMOVED, self.found[f"{base}.caption"], given.caption)
                exhibit.ClearField("caption")
            if self.found.get(f"{base}.callout"):
                text = given.chart.callout.text
                self._note(f"{base}.callout", REMOVED, self.found[f"{base}.callout"], text)
                exhibit.chart.ClearField("callout")
            for line in range(len(given.chart.reference_lines)):
                path = f"{base}.reference_lines[{line}]"
                if self.found.get(path) and line < len(exhibit.chart.reference_lines):
                    self._note(
                        path, REMOVED, self.found[path], given.chart.reference_lines[line].label
                    )
                    exhibit.chart.reference_lines[line].ClearField("label")
            for place in range(len(given.table.columns)):
                path = f"{base}.columns[{place}]"
                if self.found.get(path) and place < len(exhibit.table.columns):
                    self._note(path, REMOVED, self.found[path], given.table.columns[place].heading)
                    exhibit.table.columns[place].ClearField("heading")

    def _drawable(self, line: Sparkline) -> bool:
        table = self.context.tables.get(line.result_id)
        return table is not None and line.x in table and line.y in table

    def _note(
        self,
        path: str,
        outcome: SentenceOutcome.ValueType,
        faults: Sequence[Fault] | None = None,
        original: Text | None = None,
    ) -> None:
        self.verdicts.append(
            SentenceVerdict(
                slide_id=self.slide.id,
                field=path,
                outcome=outcome,
                faults=faults or (),
                original=template(original) if original is not None else "",
            )
        )
