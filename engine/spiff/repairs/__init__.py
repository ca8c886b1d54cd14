"""Repairs of diagrams: which findings a machine can mend, how, and doing it."""

from __future__ import annotations

from engine.spiff.repairs.applying import repaired
from engine.spiff.repairs.finding_repairs import REPAIRS, with_repairs

__all__ = ["REPAIRS", "repaired", "with_repairs"]
