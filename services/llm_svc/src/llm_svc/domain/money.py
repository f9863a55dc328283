"""What tokens cost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from llm_svc.domain.completion import Usage


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens, which is the same as millionths of a dollar per token."""

    input: float = 0.0
    output: float = 0.0
    cached_input: float | None = None

    def of(self, usage: Usage) -> int:
        """The price of a usage in millionths of a US dollar."""
        cached_rate = self.input if self.cached_input is None else self.cached_input
        fresh = usage.input_tokens - usage.cached_input_tokens
        return round(
            fresh * self.input
            + usage.cached_input_tokens * cached_rate
            + usage.output_tokens * self.output
        )

    def priced(self, usage: Usage) -> Usage:
        """The usage with its price."""
        return replace(usage, cost_micro_usd=self.of(usage))
