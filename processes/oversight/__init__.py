"""What supervisors look at beyond lists: the flow of days, what presses, where it lies, where diagrams run hot.

Everything is read through the actor's row scope as of the last commit; nothing is counted beforehand, so that nothing
can be wrong.
"""

from processes.oversight.queries import (
    Dot,
    ElementHeat,
    FlowDay,
    Heat,
    OversightQueries,
    PressingCase,
)

__all__ = ["Dot", "ElementHeat", "FlowDay", "Heat", "OversightQueries", "PressingCase"]
