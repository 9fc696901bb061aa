"""Derive: what follows from one source, so that it is written once."""
