"""A production city that nobody was ever in: migrated, its first account made at the command line, served."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from uuid import uuid4

import aiohttp

from tests.acceptance.test_serving import free_port, ready
from tests.database import clone, remove, url_of

PASSWORD = "a long enough password"
SECRET = "of-this-test-and-of-no-city-0123456789"


async def guiliu(*arguments: str, **environment: str) -> tuple[int, str]:
    """The exit status of a ``guiliu`` command and all that it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "guiliu", *arguments,
        env={**os.environ, **environment}, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    told, _ = await process.communicate()
    return process.returncode or 0, told.decode()


async def test_the_first_account_of_a_production_city_builds_the_rest(
    server: str, template: str, tmp_path: Path
) -> None:
    name = f"guiliu_test_{uuid4().hex[:12]}"
    await clone(server, name, template)
    environment = {
        "DATABASE_URL": url_of(server, name),
        "GUILIU_HOME": str(tmp_path),
        "GUILIU_PORT": str(free_port()),
        "GUILIU_PROFILE": "production",
        "GUILIU_SECRET": SECRET,
        "GUILIU_ACCOUNT_PASSWORD": PASSWORD,
    }
    create = ("account", "create", "boss", "--name", "首位管理员")
    assert (await guiliu(*create, **{**environment, "GUILIU_ACCOUNT_PASSWORD": "short"}))[0] == 1
    status, told = await guiliu(*create, **environment)
    assert status == 0, told
    again, told = await guiliu(*create, **environment)
    assert again == 1, told
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "guiliu", "serve", env={**os.environ, **environment}
    )
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{environment['GUILIU_PORT']}") as session:
            await ready(session)
            signed_in = await session.post("/api/v1/sessions", json={"username": "boss", "password": PASSWORD})
            assert signed_in.status == 201, await signed_in.text()
            headers = {"authorization": f"Bearer {(await signed_in.json())['token']}", "idempotency-key": "first"}
            made = await session.post("/api/v1/users", json={"username": "next", "name": "第二人"}, headers=headers)
            assert made.status == 201, await made.text()
    finally:
        process.terminate()
        await process.wait()
        await remove(server, name)
