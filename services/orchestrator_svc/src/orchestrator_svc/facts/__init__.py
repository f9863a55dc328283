"""Facts: findings that code computes from results, each value with its proof."""

from orchestrator_svc.facts.search import find_facts

__all__ = ["find_facts"]
