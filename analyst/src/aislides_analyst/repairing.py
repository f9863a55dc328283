"""Repair slides: faulty sentences become a cited fact's own sentence, or go."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from aislides_analyst.writing import wording
from aislides_analyst.writing.material import Fact, Material, cited, read_material
from aislides_analyst.writing.slides import NEUTRAL_HEADLINE

_POINT = re.compile(r"points\[(\d+)\](?:\.(lead|text))?")


def repair(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return {"slides": [...]} for a repair payload, as many slides as came, in order.

    A faulty headline or point becomes the template of a fact that the slide cites, unused on that
    slide; without such a fact a point is left out and a headline becomes a neutral one. Faulty
    captions, kickers and notes are left out.
    """
    material = read_material(payload)
    slides = [copy.deepcopy(dict(s)) for s in payload.get("slides", []) if isinstance(s, Mapping)]
    by_slide: dict[int, set[str]] = {}
    for fault in payload.get("faults", []):
        if isinstance(fault, Mapping) and isinstance(fault.get("slide"), int):
            by_slide.setdefault(fault["slide"], set()).add(str(fault.get("field", "")))
    for index, fields in by_slide.items():
        if 0 <= index < len(slides):
            slides[index] = _Mender(slides[index], material).mend(fields)
    return {"slides": slides}


class _Mender:
    def __init__(self, slide: dict[str, Any], material: Material) -> None:
        self._slide = slide
        self._material = material
        self._facts = {f.id: f for f in material.facts}

    def mend(self, fields: set[str]) -> dict[str, Any]:
        faulty: dict[int, set[str]] = {}
        for field in sorted(fields):
            found = _POINT.match(field)
            if found:
                faulty.setdefault(int(found[1]), set()).add(found[2] or "text")
            elif field == "headline":
                self._slide["headline"] = self._headline()
            elif field.startswith("kpis"):
                self._slide["kpis"] = [k for k in self._slide.get("kpis", []) if self._known(k)]
            elif field.split(".")[0].split("[")[0] in ("caption", "kicker", "notes"):
                self._slide.pop(field.split(".")[0].split("[")[0], None)
        if faulty and "points" in self._slide:
            self._slide["points"] = [
                mended
                for position, point in enumerate(self._slide["points"])
                if (mended := self._point(point, faulty.get(position, set())))
            ]
        return self._slide

    def _headline(self) -> str:
        for fact in self._cited():
            return wording.headline(fact, self._material)
        return NEUTRAL_HEADLINE

    def _point(self, point: Mapping[str, Any], faults: set[str]) -> dict[str, Any] | None:
        if not faults:
            return dict(point)
        own = [self._facts[i] for i in point.get("facts", []) if i in self._facts]
        own += [self._facts[i] for i in cited(str(point.get("text", ""))) if i in self._facts]
        if faults == {"lead"}:
            lead = wording.lead(own[0], self._material) if own else "Reading"
            return {**point, "lead": lead}
        said = {str(p.get("text", "")) for p in self._slide.get("points", [])}
        for fact in own:
            text = wording.sentence(fact, self._material)
            if text not in said:
                return {
                    "lead": wording.lead(fact, self._material),
                    "text": text,
                    "facts": [fact.id],
                }
        return None

    def _cited(self) -> list[Fact]:
        ids = cited(str(self._slide.get("headline", "")))
        for point in self._slide.get("points", []):
            ids += [*point.get("facts", []), *cited(str(point.get("text", "")))]
        shown = self._slide.get("exhibit", {}).get("result")
        ids += [f.id for f in self._material.facts if shown and f.result == shown]
        return [self._facts[i] for i in dict.fromkeys(ids) if i in self._facts]

    def _known(self, reference: str) -> bool:
        return self._material.holds("{" + reference.strip("{} ") + "}")
