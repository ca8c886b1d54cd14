"""The one door: every change is a frozen command given to ``Bus.handle``."""
