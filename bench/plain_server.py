"""The plain way, to compare with: SpiffWorkflow in a Sanic shell, the whole state as JSON in one row per case.

It does what a first attempt would do and nothing more: no task rows, no events, no idempotency, no permissions. It
writes only the row it reads.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO
from types import SimpleNamespace

import asyncpg
from sanic import HTTPResponse, Request, Sanic
from sanic.response import json as json_response
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.engine import diagram

TABLE = "create table if not exists plain_case (id bigint primary key, state json not null)"


class PlainEngine:
    """Steps a case the library's own way."""

    def __init__(self) -> None:
        parser = BpmnParser()
        parser.add_bpmn_io(BytesIO(diagram("level &gt; 1", "rework", is_ours=False)))
        self._spec, self._subs = parser.get_spec("case"), parser.get_subprocess_specs("case")
        self._serializer = BpmnWorkflowSerializer()

    def start(self) -> str:
        """The state of a new case, JSON."""
        workflow = BpmnWorkflow(self._spec, self._subs)
        workflow.do_engine_steps()
        return str(self._serializer.serialize_json(workflow))

    def waits_at(self, state: str) -> str:
        """Name of the task that is open."""
        workflow = self._serializer.deserialize_json(state)
        return str(next(iter(workflow.get_tasks(state=TaskState.READY, manual=True))).task_spec.name)

    def complete(self, state: str, data: dict[str, object]) -> str | None:
        """The state after the open task was completed; ``None`` when the case has ended."""
        workflow = self._serializer.deserialize_json(state)
        task = next(iter(workflow.get_tasks(state=TaskState.READY, manual=True)), None)
        if task is None:
            return None
        task.data.update(data)
        task.run()
        workflow.do_engine_steps()
        return str(self._serializer.serialize_json(workflow))


def create_plain_app(url: str) -> Sanic:
    """POST /plain/{case}/complete completes whatever task is open."""
    app: Sanic = Sanic("plain", ctx=SimpleNamespace(engine=PlainEngine()), configure_logging=False)

    @app.before_server_start
    async def connect(app: Sanic) -> None:
        app.ctx.pool = await asyncpg.create_pool(url, min_size=8, max_size=8)

    @app.post("/plain/<case:int>/complete")
    async def complete(request: Request, case: int) -> HTTPResponse:
        async with request.app.ctx.pool.acquire() as connection, connection.transaction():
            state = await connection.fetchval("select state from plain_case where id = $1 for update", case)
            after = request.app.ctx.engine.complete(state, json.loads(request.body))
            if after is None:
                return json_response({"ended": True}, 409)
            await connection.execute("update plain_case set state = $2 where id = $1", case, after)
        return json_response({"completed": True})

    return app


if __name__ == "__main__":
    create_plain_app(sys.argv[1]).run(
        "127.0.0.1", int(sys.argv[2]), single_process=True, access_log=False, motd=False, debug=False
    )
