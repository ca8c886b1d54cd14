"""How large a diagram and one command on it may be."""

from __future__ import annotations

from datetime import timedelta

#: Bytes of a stored diagram.
LARGEST_DOCUMENT = 2 * 1024 * 1024
#: Nested XML elements.
DEEPEST_DOCUMENT = 64
#: Flow nodes and sequence flows of one diagram.
MOST_ELEMENTS = 3_000
#: Characters of all expressions of one diagram together.
MOST_EXPRESSION_TEXT = 100_000
#: Flow nodes on one path.
LONGEST_PATH = 300
#: Characters of an id.
LONGEST_ID = 255
#: Characters of a stage name.
LONGEST_STAGE = 64
#: Moves that are played to judge a diagram, times the tokens that lie about; they take less than two seconds.
MOST_MOVES_PLAYED = 150_000
#: Elements one command may execute before it stops with a fault.
MOST_STEPS = 500
#: How many more it may execute for each performance of a multi-instance activity that begins in it, and for each
#: activity of which undoing begins.
STEPS_PER_ITEM = 20
#: Performances of one multi-instance activity unless its diagram says otherwise.
USUAL_ITEMS = 200
#: Performances of multi-instance activities that one command may begin, and so the most a diagram may ask for.
MOST_ITEMS = 1_000
#: Activities that are done and kept to be undone, in one scope.
MOST_UNDOABLE = 1_000
#: Ancestors a live node of the library's task tree may have before it stops with a fault.
DEEPEST_TREE = 800
#: Calls inside one another before one more becomes a fault.
MOST_NESTED_CALLS = 16
#: Executable pools of a file that are taken apart.
MOST_POOLS = 10
#: How far ahead a timer may be; nothing is armed for sooner, so that no flow can turn faster.
SHORTEST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(days=3_653)
LONGEST_WAIT_MONTHS = 120
#: Time between two firings of a cycle.
SHORTEST_CYCLE = timedelta(minutes=1)
#: Firings of a cycle that counts them.
MOST_FIRINGS = 10_000
#: Characters of a topic, and of the name of an outside system.
LONGEST_TOPIC = 64
#: How often a delivery is tried before it is a fault.
MOST_RETRIES = 100
#: Characters of the name of a message or signal, and of a correlation key.
LONGEST_NAME = 255
LONGEST_KEY = 255
#: How long a thrown message is kept for its receiver unless its diagram says otherwise.
TIME_TO_LIVE = timedelta(days=1)
#: Bytes of the stored state of one tree.
LARGEST_STATE = 4 * 1024 * 1024
