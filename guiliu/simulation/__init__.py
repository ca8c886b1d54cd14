"""City days played through the real bus and database on a virtual clock: a city to look at, and a load."""

from guiliu.simulation.first_days import play_first_days
from guiliu.simulation.plan import MOST_CASES, MOST_DAYS, CityDays, city_time
from guiliu.simulation.playing import Outcome, Progress, simulate
from guiliu.simulation.showing import progress_bar, show
from guiliu.simulation.solitude import InUse
from guiliu.simulation.tally import Line, Tally

__all__ = [
    "MOST_CASES",
    "MOST_DAYS",
    "CityDays",
    "InUse",
    "Line",
    "Outcome",
    "Progress",
    "Tally",
    "city_time",
    "play_first_days",
    "progress_bar",
    "show",
    "simulate",
]
