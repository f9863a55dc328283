"""Where decks, revisions, results and events are kept."""
