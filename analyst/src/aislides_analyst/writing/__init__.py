"""From facts and results to the slides of a deck, with no figure typed."""
