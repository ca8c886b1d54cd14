"""A sample city to try the platform with: Ulanhot's units as facts, invented people, one well-known password."""

from processes.sample.accounts import SAMPLE_PASSWORD, SAMPLE_USERNAMES, has_sample_accounts
from processes.sample.in_memory import sample_in_force, sample_register
from processes.sample.posts import SAMPLE_POSTS, SamplePost
from processes.sample.registers import RegisterTools, seed_calendar, seed_sample_registers
from processes.sample.seeding import SEED, seed_sample_city
from processes.sample.units import CENTRE, CLERK_UNIT

__all__ = [
    "CENTRE",
    "CLERK_UNIT",
    "SAMPLE_PASSWORD",
    "SAMPLE_POSTS",
    "SAMPLE_USERNAMES",
    "SEED",
    "RegisterTools",
    "SamplePost",
    "has_sample_accounts",
    "sample_in_force",
    "sample_register",
    "seed_calendar",
    "seed_sample_city",
    "seed_sample_registers",
]
