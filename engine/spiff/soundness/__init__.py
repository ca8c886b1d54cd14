"""Whether the control flow of a diagram can come to a good end, found out by playing it.

Tokens are moved over each scope as the engine would move them, and every decision may go either way: what conditions
say is not looked at. Exploring is bounded; beyond the bound nothing is claimed.
"""

from engine.spiff.soundness.exploring import Explored, Step, explore
from engine.spiff.soundness.net import Net, net_of

__all__ = ["Explored", "Net", "Step", "explore", "net_of"]
