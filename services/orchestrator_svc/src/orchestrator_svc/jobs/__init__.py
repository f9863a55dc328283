"""Who works on which deck, and when."""
