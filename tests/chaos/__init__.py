"""Kills real orchestrators at bad moments and reads in their store and call logs what became of it."""
