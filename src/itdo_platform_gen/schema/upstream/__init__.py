"""Reads the pinned upstream packages that `schemas/` is built from; nothing here is needed to use the library."""
