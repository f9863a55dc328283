"""One file for each kind of fact; each has a function from a result's columns to drafts."""
