"""Faults made on purpose against the real process: what is lost, and how soon it is well again."""
