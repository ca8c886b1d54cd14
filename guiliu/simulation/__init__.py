"""City days played through the real bus and database on a virtual clock: a city to look at, and a load."""

from guiliu.simulation.plan import MOST_CASES, MOST_DAYS, CityDays
from guiliu.simulation.solitude import InUse
from guiliu.simulation.playing import Progress, simulate
from guiliu.simulation.tally import Tally, tally

__all__ = ["MOST_CASES", "MOST_DAYS", "CityDays", "InUse", "Progress", "Tally", "simulate", "tally"]
