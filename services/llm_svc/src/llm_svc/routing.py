"""Which models may answer a call, in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from llm_svc.domain.breaker import Breaker, BreakerPolicy
from llm_svc.domain.capability import Asked, Capabilities, CapabilityTable, plainer
from llm_svc.domain.completion import Spec
from llm_svc.domain.errors import NoModelAllowed
from llm_svc.domain.money import Price
from llm_svc.ports import Provider


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model at a provider, both by their configured names."""

    provider: str
    model: str

    def __str__(self) -> str:
        return f"{self.provider}/{self.model}"


@dataclass(slots=True)
class Target:
    """A model that can be called, with what is known of it."""

    name: ModelName
    provider: Provider
    breaker: Breaker
    price: Price
    can: Capabilities

    def learn(self, asked: Asked, refusal: str) -> bool:
        """Takes a refusal to heart; False when there is nothing plainer to ask."""
        left = plainer(self.can, asked, refusal)
        if left is None or left == self.can:
            return False
        self.can = left
        return True


@dataclass(frozen=True, slots=True)
class Routes:
    """Chains of models: the default, by purpose or route name, and what tenants may use.

    A tenant that is not listed may use every provider.
    """

    default: Sequence[ModelName]
    named: Mapping[str, Sequence[ModelName]] = field(default_factory=dict)
    tenants: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Router:
    """Finds the models for a call; remembers breakers and lessons per model."""

    def __init__(
        self,
        providers: Mapping[str, Provider],
        routes: Routes,
        *,
        default_provider: str,
        table: CapabilityTable,
        prices: Mapping[str, Price],
        policy: BreakerPolicy,
        clock: Callable[[], float],
    ) -> None:
        self._providers = providers
        self._default_provider = default_provider
        self._routes = routes
        self._table = table
        self._prices = prices
        self._policy = policy
        self._clock = clock
        self._targets: dict[ModelName, Target] = {}

    def chain(self, spec: Spec) -> list[Target]:
        """The models for a call, first choice first.

        Raises NoModelAllowed when none is configured that this tenant's data may go to.
        """
        names = self._names(spec)
        allowed = self._routes.tenants.get(spec.tenant)
        kept = [n for n in names if allowed is None or n.provider in allowed]
        if not kept:
            asked = f"model {spec.model!r}" if spec.model else "any model of the chain"
            raise NoModelAllowed(
                f"{asked} may not be used for this tenant or is not configured; "
                "see llm.models and llm.tenants"
            )
        return [self.target(name) for name in kept]

    def all(self) -> list[Target]:
        """Every configured model once, in the order of the chains."""
        chains = [self._routes.default, *self._routes.named.values()]
        names = dict.fromkeys(name for chain in chains for name in chain)
        return [self.target(name) for name in names]

    def target(self, name: ModelName) -> Target:
        """The model of that name, made at its first use."""
        if name not in self._targets:
            self._targets[name] = Target(
                name,
                self._providers[name.provider],
                Breaker(self._policy, self._clock),
                self._prices.get(str(name), self._prices.get(name.model, Price())),
                self._table.of(name.model),
            )
        return self._targets[name]

    def _names(self, spec: Spec) -> Sequence[ModelName]:
        if not spec.model:
            return self._routes.named.get(spec.purpose, self._routes.default)
        if spec.model in self._routes.named:
            return self._routes.named[spec.model]
        asked = parse_model(spec.model, self._providers, self._default_provider)
        return [name for name in self._known() if name == asked]

    def _known(self) -> list[ModelName]:
        return [target.name for target in self.all()]


def parse_model(text: str, providers: Mapping[str, object], default: str) -> ModelName:
    """`provider/model`, or a model of the default provider when no provider has that name."""
    head, slash, rest = text.partition("/")
    return ModelName(head, rest) if slash and head in providers else ModelName(default, text)
