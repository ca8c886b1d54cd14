"""What decides changes of configuration in this city: who handles each, and what it asks for."""

from __future__ import annotations

from collections.abc import Mapping

from connectors import TARGET_HANDLERS, SaveTarget
from engine.batches import BATCH_HANDLERS, CancelBatch, StartBatch
from engine.bus import ConfigurationCommands
from engine.clock import Clock
from engine.configuration import ConfigurationCommand
from engine.definitions import (
    Checks,
    DefinitionDesk,
    DefinitionKind,
    KeepScenarios,
    PublishDefinition,
    RefusePublication,
    RemoveScenarios,
    RequestPublication,
    RetireDefinition,
    SaveDecisionExamples,
    SaveDefinitionDraft,
    WithdrawPublicationRequest,
)
from engine.messages import (
    BroadcastSignal,
    DropMessage,
    DropMessageHandler,
    PublishMessage,
    PublishMessageHandler,
    RetryMessage,
    broadcast_signal,
    retry_message,
)
from engine.start_timers import FireStartTimer, FireStartTimerHandler, StartTimerArming
from engine.storage.database import Database
from guiliu.memory import Memory
from guiliu.settings import Settings
from guiliu.start_timers import StartTimerCheck
from guiliu.uses import DefinitionUses
from processes.access import ACCESS_CONFIGURATION, ACCESS_HANDLERS, API_KEY_HANDLERS, ConfigurationGuard, Permission
from processes.attention import ATTENTION_HANDLERS, ATTENTION_PERMISSIONS
from processes.organisation import ORGANISATION_HANDLERS
from processes.registers import REGISTER_CONFIGURATION, REGISTER_HANDLERS

#: Which permission a change of a definition needs.
DEFINITION_PERMISSIONS = {
    SaveDefinitionDraft: Permission.PROCESS_EDIT,
    SaveDecisionExamples: Permission.PROCESS_EDIT,
    PublishDefinition: Permission.PROCESS_PUBLISH,
    RetireDefinition: Permission.PROCESS_PUBLISH,
    RequestPublication: Permission.PROCESS_EDIT,
    RefusePublication: Permission.PROCESS_PUBLISH,
    WithdrawPublicationRequest: Permission.PROCESS_EDIT,
    KeepScenarios: Permission.PROCESS_EDIT,
    RemoveScenarios: Permission.PROCESS_EDIT,
}
#: What a batch does is judged item by item, and only its requester stops it.
BATCH_PERMISSIONS: Mapping[type[ConfigurationCommand], Permission | None] = {StartBatch: None, CancelBatch: None}
MESSAGE_PERMISSIONS: Mapping[type[ConfigurationCommand], Permission | None] = {
    PublishMessage: Permission.MESSAGE_SEND,
    BroadcastSignal: Permission.MESSAGE_SEND,
    RetryMessage: Permission.FAULT_RETRY,
    DropMessage: Permission.INSTANCE_CONTROL,
}
TARGET_PERMISSIONS: Mapping[type[ConfigurationCommand], Permission | None] = {SaveTarget: Permission.CONNECTOR_MANAGE}


def configuration_commands(
    settings: Settings, database: Database, memory: Memory, clock: Clock
) -> ConfigurationCommands:
    """The part of the bus that changes configuration."""
    users = DefinitionUses(database, memory, clock).users
    arming = StartTimerArming(compile=memory.checks.compile_process, clock=clock, zone=memory.city.zone)
    checks: Checks = {**memory.checks.checks, DefinitionKind.PROCESS: StartTimerCheck(memory, clock)}
    desk = DefinitionDesk(checks=checks, four_eyes=settings.is_production, users=users, follow=arming)
    return ConfigurationCommands(
        database,
        {
            **ORGANISATION_HANDLERS,
            **ACCESS_HANDLERS,
            **API_KEY_HANDLERS,
            **ATTENTION_HANDLERS,
            **REGISTER_HANDLERS,
            **TARGET_HANDLERS,
            **BATCH_HANDLERS,
            **desk.handlers(),
            PublishMessage: PublishMessageHandler(clock, memory.beginning),
            RetryMessage: retry_message,
            DropMessage: DropMessageHandler(clock),
            BroadcastSignal: broadcast_signal,
            FireStartTimer: FireStartTimerHandler(clock),
        },
        ConfigurationGuard(
            {
                **ACCESS_CONFIGURATION,
                **ATTENTION_PERMISSIONS,
                **REGISTER_CONFIGURATION,
                **TARGET_PERMISSIONS,
                **BATCH_PERMISSIONS,
                **DEFINITION_PERMISSIONS,
                **MESSAGE_PERMISSIONS,
            }
        ),
    )
