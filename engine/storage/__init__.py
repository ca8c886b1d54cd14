"""PostgreSQL: one pool, one place that commits, the store of trees, the stored log, migrations."""

from engine.storage.database import Database, PoolSettings
from engine.storage.engine_tables import AUDITED_TABLES, ENGINE_TABLES
from engine.storage.event_log import EventLog
from engine.storage.housekeeping import forget_old_keys, prepare_months, rows_without_month
from engine.storage.listening import Listener
from engine.storage.migrate import ENGINE_LINE, MigrationLine, SchemaDrift, lines_below, migrate, pending
from engine.storage.security_log import SecurityFilter, SecurityLine, SecurityLog
from engine.storage.tables import AuditedTable, TableStorage, columns
from engine.storage.tree_ids import TreeIds
from engine.storage.tree_store import TreeStore
from engine.storage.unit_of_work import UnitOfWork

__all__ = [
    "AUDITED_TABLES",
    "ENGINE_LINE",
    "ENGINE_TABLES",
    "AuditedTable",
    "Database",
    "EventLog",
    "Listener",
    "MigrationLine",
    "PoolSettings",
    "SchemaDrift",
    "SecurityFilter",
    "SecurityLine",
    "SecurityLog",
    "TableStorage",
    "TreeIds",
    "TreeStore",
    "UnitOfWork",
    "columns",
    "forget_old_keys",
    "lines_below",
    "migrate",
    "pending",
    "prepare_months",
    "rows_without_month",
]
