"""Facts of new data under the ids of the facts that they renew, so that old references hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from aislides.deck.v1.fact_pb2 import Fact, Text

_ID = re.compile(r"\{\s*([A-Za-z][A-Za-z0-9_]*)\.")


def renewed(old: Sequence[Fact], new: Sequence[Fact]) -> list[Fact]:
    """The new facts. One of the same kind about the same thing as an old fact bears its id."""
    free = list(old)
    ids: dict[str, str] = {}
    for fact in new:
        match = next((one for one in free if _same_subject(one, fact)), None)
        if match is not None:
            free.remove(match)
            ids[fact.id] = match.id
    # Ids of facts that are gone stay unused: what still cites them must fail, not mean another.
    numbers = [int(number) for fact in (*old, *new) for number in re.findall(r"\d+", fact.id)]
    following = iter(range(max(numbers, default=0) + 1, max(numbers, default=0) + 2 + len(new)))
    for fact in new:
        if fact.id not in ids:
            ids[fact.id] = f"f{next(following)}"
    return [_renamed(fact, ids) for fact in new]


def _same_subject(old: Fact, new: Fact) -> bool:
    return (
        (old.kind, old.measure, old.dimension) == (new.kind, new.measure, new.dimension)
        and list(old.result_ids) == list(new.result_ids)
        and {value.name for value in old.values} == {value.name for value in new.values}
        and [one.column for one in old.filters] == [one.column for one in new.filters]
    )


def _renamed(fact: Fact, ids: Mapping[str, str]) -> Fact:
    made = Fact()
    made.CopyFrom(fact)
    made.id = ids[fact.id]
    made.lead = _ID.sub(lambda found: f"{{{ids.get(found[1], found[1])}.", fact.lead)
    for text in (made.sentence, made.headline, *made.caveats):
        _rename_in(text, ids)
    return made


def _rename_in(text: Text, ids: Mapping[str, str]) -> None:
    for span in text.spans:
        if span.HasField("value"):
            span.value.fact_id = ids.get(span.value.fact_id, span.value.fact_id)
