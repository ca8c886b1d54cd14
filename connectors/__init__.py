"""Outside systems: which there are, and how they are asked and listened to."""

from connectors.health import LastFailure, TargetHealth, TargetHealths
from connectors.http import HttpConnector
from connectors.listening import Listening
from connectors.register import TARGET_HANDLERS, CurrentTargets, SaveTarget, TargetRegister
from connectors.signing import Secrets, SecretUnusable, is_signed, signed
from connectors.targets import AnswerRule, Meaning, Target, read_target
from connectors.templates import element_templates

__all__ = [
    "TARGET_HANDLERS",
    "AnswerRule",
    "CurrentTargets",
    "HttpConnector",
    "LastFailure",
    "Listening",
    "Meaning",
    "SaveTarget",
    "SecretUnusable",
    "Secrets",
    "Target",
    "TargetHealth",
    "TargetHealths",
    "TargetRegister",
    "element_templates",
    "is_signed",
    "read_target",
    "signed",
]
