"""From a question to a deck: one file a stage, their order in `make_deck`."""
