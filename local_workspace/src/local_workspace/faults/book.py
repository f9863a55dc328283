"""Which faults strike which call. Rules count the calls they speak of."""

import random
from collections.abc import Iterable
from typing import Any

from local_workspace.faults.rules import ChatFault, FaultRule, GenieFault, HttpFault
from local_workspace.pace import Delay


class Struck:
    """The faults that one call meets: of several rules the first with an opinion wins."""

    def __init__(self, rules: Iterable[FaultRule] = ()) -> None:
        struck = list(rules)
        self.http = next((r.http for r in struck if r.http is not None), HttpFault())
        self.genie = next((r.genie for r in struck if r.genie is not None), GenieFault())
        self.chat = next((r.chat for r in struck if r.chat is not None), ChatFault())


class FaultBook:
    """The rules in force. Dice are seeded, so a run can be repeated."""

    def __init__(self, rules: Iterable[FaultRule], seed: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311 - not for secrets
        self._counted: list[_Counted] = []
        self.replace(rules)

    @property
    def rules(self) -> list[FaultRule]:
        """The rules in force, in order."""
        return [counted.rule for counted in self._counted]

    def replace(self, rules: Iterable[FaultRule]) -> None:
        """Puts these rules in force; counting starts anew."""
        self._counted = [_Counted(rule) for rule in rules]

    def draw(self, delay: Delay) -> float:
        """One wait in seconds."""
        return delay.draw(self._dice)

    def strike(
        self, operation: str, details: dict[str, Any], extra: FaultRule | None = None
    ) -> Struck:
        """The faults for one call; `extra` came with the call itself and goes first."""
        struck = [extra] if extra is not None and extra.applies(operation, details) else []
        for counted in self._counted:
            rule = counted.rule
            if not rule.applies(operation, details):
                continue
            # A rule that an earlier one leaves nothing to say keeps its `times` for later calls.
            said = {aspect for earlier in struck for aspect in earlier.aspects}
            if counted.strikes(self._dice, wanted=bool(rule.aspects - said)):
                struck.append(rule)
        return Struck(struck)


class _Counted:
    def __init__(self, rule: FaultRule) -> None:
        self.rule = rule
        self._seen = 0
        self._struck = 0

    def strikes(self, dice: random.Random, *, wanted: bool) -> bool:
        self._seen += 1
        if self._seen <= self.rule.skip or not wanted:
            return False
        if self.rule.times is not None and self._struck >= self.rule.times:
            return False
        if self.rule.probability < 1 and dice.random() >= self.rule.probability:
            return False
        self._struck += 1
        return True
