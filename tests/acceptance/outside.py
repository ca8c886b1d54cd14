"""An outside system that the sample city tells of every case, and how it is configured and asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from engine.deliveries import DeliveryClaims, DeliveryWorker
from guiliu.platform import Platform
from processes.access import GrantPermissions, Permission
from tests.acceptance.city import DIAGRAM, SEED, City, Client

OUTSIDE = """
<bpmn:serviceTask id="tell" name="告知排水公司">
  <bpmn:extensionElements>
    <zeebe:taskDefinition type="report" />
    <zeebe:taskHeaders><zeebe:header key="target" value="sewers" /></zeebe:taskHeaders>
    <zeebe:ioMapping><zeebe:input source="= case.number" target="number" /></zeebe:ioMapping>
  </bpmn:extensionElements>
</bpmn:serviceTask>
<bpmn:sequenceFlow id="also" sourceRef="reported" targetRef="tell" />
</bpmn:process>
""".encode()
ASKING = DIAGRAM.replace(b"</bpmn:process>", OUTSIDE)
SECRET = "a-secret-of-the-sewers-company"


def target(url: str, **more: Any) -> dict[str, Any]:
    return {"title": "排水公司", "url": url, "networks": ["127.0.0.1/32"], "timeout": 5, "secret": "sewers", **more}


async def put(person: Client, content: dict[str, Any], version: int, name: str = "sewers") -> Any:
    body = json.dumps(content).encode()
    return await person.send(
        "PUT", f"/connectors/{name}", body, if_match=f'"{version}"', content_type="application/json"
    )


async def configure(city: City, url: str, name: str = "sewers") -> None:
    """Say where an outside system is."""
    integrator = await city.person("integrator")
    known = await integrator.get(f"/connectors/{name}")
    version = known.body["version"] if known.status == 200 else 0
    assert (await put(integrator, target(url), version, name)).status in (200, 201)


def keep_secret(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "sewers").write_text(SECRET)


async def asking_city(city: City, platform: Platform, diagram: bytes = ASKING) -> None:
    """Publish the diagram that tells an outside system of every case; the integrator may also intervene."""
    keep_secret(platform.settings.home / "secrets")
    permissions = frozenset(
        {Permission.CASE_READ_ALL, Permission.FAULT_RETRY, Permission.CONNECTOR_MANAGE, Permission.INSTANCE_CONTROL}
    )
    await city.platform.bus.handle(GrantPermissions(actor=SEED, post="integrator", permissions=permissions))
    await city.publish("case", diagram)


async def send_all(platform: Platform) -> None:
    worker = DeliveryWorker(platform.bus, DeliveryClaims(platform.database, platform.clock), platform.connector())
    while await worker.send_due():
        await worker.settle()


async def delivery_of(city: City, case: int) -> dict[str, Any]:
    (item,) = (await (await city.person("integrator")).get("/deliveries", case=case)).body["items"]
    found: dict[str, Any] = item
    return found
