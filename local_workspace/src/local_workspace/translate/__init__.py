"""English to SQL by rules: a question becomes a typed plan, or is asked back."""

from local_workspace.translate.plan import Answer, Clarification, Plan
from local_workspace.translate.translate import translate

__all__ = ["Answer", "Clarification", "Plan", "translate"]
