"""The people of the sample city as clients of the server, and the way of a case through their hands."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
from PIL import Image

from engine.actors import SYSTEM, Actor
from engine.definitions import DefinitionKind, PublishDefinition, SaveDefinitionDraft
from guiliu.platform import Platform
from processes.sample import CLERK_UNIT

ROOT = Path(__file__).parents[2]


def shipped(key: str) -> bytes:
    """A diagram as it is shipped."""
    return (ROOT / "bpmn" / f"{key}.bpmn").read_bytes()


DIAGRAM = shipped("case")
#: What the frame of a case calls first.
FILING = shipped("filing")
SEED = Actor(id="system:seed", name="seed", audience=None)
UNIT = CLERK_UNIT
CONDITION = "component-0101-01"
SUBCATEGORY = "component-0101"
REPORT = {
    "subcategory": SUBCATEGORY,
    "channel": "inspector",
    "location": {"lon": 122.0705, "lat": 46.0801, "crs": "CGCS2000", "address": "兴安街 1 号"},
    "description": "井盖缺失",
}

#: The straight way: element → post of whoever performs it → what is typed into the form.
STRAIGHT: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("accept", "acceptor", {"decision": "accept"}),
    ("file", "shift-lead", {"decision": "file", "condition": CONDITION, "urgency": "urgent"}),
    ("dispatch_case", "dispatcher", {"decision": "dispatch", "responsible_unit": UNIT}),
    ("dispose", "clerk", {"result": "fixed", "measures": "补装井盖"}),
    ("verify", "verifier", {"result": "passed"}),
    ("close", "shift-lead", {"decision": "close"}),
)


def new_key() -> dict[str, str]:
    """The header of a change that was never tried before."""
    return {"idempotency-key": uuid4().hex}


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    body: Any
    headers: Any

    @property
    def code(self) -> str:
        """Of a problem."""
        return str(self.body["code"])


@dataclass
class Client:
    """One signed-in person."""

    session: aiohttp.ClientSession
    username: str
    id: str

    async def get(self, path: str, **query: Any) -> Answer:
        return await _answer(await self.session.get(f"/api/v1{path}", params=query))

    async def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        sent = {**new_key(), **{name.replace("_", "-"): value for name, value in headers.items()}}
        return await _answer(await self.session.post(f"/api/v1{path}", json=body, headers=sent))

    async def send(self, method: str, path: str, data: bytes | BytesIO | None = None, **headers: str) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        # The server says whether it wants a body of this size before it is sent.
        asking = self.session.request(method, f"/api/v1{path}", data=data, headers=sent, expect100=data is not None)
        return await _answer(await asking)

    async def perform(self, task: str, data: dict[str, Any]) -> Answer:
        """Claim and complete a task."""
        claimed = await self.post(f"/tasks/{task}/claim")
        assert claimed.status == 200, claimed
        return await self.post(f"/tasks/{task}/complete", {"data": data})


async def _answer(response: aiohttp.ClientResponse) -> Answer:
    is_json = response.content_type.endswith("json")
    return Answer(response.status, await response.json() if is_json else await response.read(), response.headers)


@dataclass
class City:
    """A furnished house with a server in front of it."""

    platform: Platform
    address: str
    stack: AsyncExitStack
    #: Of sessions that everyone has from the beginning, by username.
    tokens: Mapping[str, str]
    _clients: dict[str, Client] = field(default_factory=dict)

    async def person(self, username: str) -> Client:
        """Somebody of the sample city, signed in."""
        if username not in self._clients:
            headers = {"authorization": f"Bearer {self.tokens[username]}"}
            session = await self.stack.enter_async_context(aiohttp.ClientSession(self.address, headers=headers))
            person = await (await session.get("/api/v1/me")).json()
            self._clients[username] = Client(session, username, person["id"])
        return self._clients[username]

    async def stranger(self) -> aiohttp.ClientSession:
        """Somebody not signed in."""
        return await self.stack.enter_async_context(aiohttp.ClientSession(self.address))

    async def publish(self, key: str, source: bytes) -> None:
        """Let the cases to come run this diagram."""
        names: Any = {"actor": SYSTEM, "kind": DefinitionKind.PROCESS, "key_name": key}
        await self.platform.bus.handle(SaveDefinitionDraft(**names, source=source))
        await self.platform.bus.handle(PublishDefinition(**names))

    async def report(self, **changes: Any) -> dict[str, Any]:
        """A new case, as the inspector got it answered."""
        answer = await (await self.person("inspector")).post("/cases", {**REPORT, **changes})
        assert answer.status == 201, answer
        reported: dict[str, Any] = answer.body
        return reported

    async def walk(self, until: str | None = None, **changes: Any) -> tuple[int, str]:
        """A new case brought to an element along the straight way; the case and the task open there."""
        reported = await self.report(**changes)
        task = reported["opened"][0]["id"]
        for element, post, data in STRAIGHT:
            if element == until:
                break
            done = await (await self.person(post)).perform(task, data)
            assert done.status == 200, done
            task = done.body["opened"][0]["id"] if done.body["opened"] else ""
        return reported["case"], task

    async def photo(self, person: Client, content: bytes | None = None) -> int:
        """A small picture that a person uploaded; its id."""
        sent = content or picture()
        begun = await person.post("/media", {"name": "现场.png", "bytes": len(sent), "usage": "report"})
        upload = begun.body["id"]
        headers = {"upload_offset": "0", "content_type": "application/octet-stream"}
        await person.send("PATCH", f"/media/uploads/{upload}", sent, **headers)
        finished = await person.post(f"/media/uploads/{upload}/finish")
        assert finished.status == 200, finished
        return int(finished.body["id"])


def picture(width: int = 4, height: int = 3) -> bytes:
    """A picture, of a few pixels when nothing is said."""
    buffer = BytesIO()
    Image.new("RGB", (width, height), "red").save(buffer, "PNG")
    return buffer.getvalue()
