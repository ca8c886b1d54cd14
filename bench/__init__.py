"""Measurements: each prints what it saw beside the bar of the design; nothing here passes or fails."""
