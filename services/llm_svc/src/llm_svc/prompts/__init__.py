"""Named, versioned prompts: loaded and checked, composed, fenced, reloaded while running."""
