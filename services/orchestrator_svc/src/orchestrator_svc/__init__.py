"""The orchestrator: questions become verified decks."""
