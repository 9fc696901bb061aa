"""Backstage makes one of the repositories that Copier updates."""

from __future__ import annotations

from conformance.backstage.conftest import modules, scratch

__all__ = ["modules", "scratch"]
