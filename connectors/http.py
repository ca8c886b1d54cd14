"""The one way to ask outside systems over HTTP: signed, bounded in time and size, only where it is allowed."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from typing import Protocol

import aiohttp
from yarl import URL

from connectors.addresses import AddressRefused, CheckedResolver, is_allowed
from connectors.meaning import AnswerUnreadable, meaning_of, read_answer, wish_of
from connectors.signing import Secrets, SecretUnusable, signed
from connectors.targets import Target, address_of
from engine.clock import elapsed, machine_time
from engine.deliveries import Accepted, Completed, Failed, Job, Outcome
from engine.errors import Invalid
from engine.jsontext import json_text

_METHODS = frozenset({"POST", "PUT", "PATCH"})
_CHUNK = 64 * 1024


class Targets(Protocol):
    """Where the configured targets are found."""

    async def find(self, name: str) -> Target | None:
        """The target as it is configured now. Raises ``Unavailable``."""
        ...


class HttpConnector:
    """Implements ``engine.deliveries.JobHandler``."""

    def __init__(self, targets: Targets, secrets: Secrets) -> None:
        self._targets = targets
        self._secrets = secrets
        self._pace: defaultdict[str, Pace] = defaultdict(Pace)

    async def __call__(self, job: Job) -> Outcome:
        """Ask once and say what came of it."""
        target = await self._targets.find(job.target)
        if target is None:
            return Failed("target_unknown", "没有配置这个外部系统", "no such target is configured", is_final=True)
        if not target.is_enabled:
            return Failed("target_disabled", "这个外部系统已停用", "the target is disabled")
        await self._pace[job.target].wait(target.rate)
        try:
            return await self._ask(target, job)
        except (Invalid, SecretUnusable) as error:
            return Failed(
                "misconfigured", f"配置有误：{error}", f"the configuration cannot be used: {error}", is_final=True
            )
        except AddressRefused as error:
            return Failed(
                "address_refused", f"地址不在允许的网段：{error}", f"address not allowed: {error}", is_final=True
            )
        except AnswerUnreadable as error:
            return Failed("garbled", f"答复无法读取：{error}", f"the answer cannot be read: {error}")
        except TimeoutError:
            return Failed("timeout", f"{target.timeout:g} 秒内没有答复", f"no answer within {target.timeout:g} seconds")
        except (aiohttp.ClientError, OSError) as error:
            kind = type(error).__name__
            return Failed("unreachable", f"连接失败或中断（{kind}）", f"not connected, or cut ({kind})")

    async def _ask(self, target: Target, job: Job) -> Outcome:
        url = address_of(target, job.headers.get("path", ""))
        _check_literal(url, target)
        method, body = job.headers.get("method", "POST").upper(), json_text(job.payload)
        if method not in _METHODS:
            raise Invalid("method_unusable", "method 只能是 POST、PUT、PATCH", "Expected POST, PUT or PATCH")
        async with (
            self._session(target) as session,
            session.request(
                method, url, data=body, headers=self._headers(target, job, body), allow_redirects=False
            ) as response,
        ):
            return await _outcome(target, job, response)

    def _session(self, target: Target) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=CheckedResolver(target.allowed), use_dns_cache=False, force_close=True, limit=1
            ),
            timeout=aiohttp.ClientTimeout(total=target.timeout, connect=target.connect_timeout),
            trust_env=False,
            # Whatever is compressed is refused, so that nothing can grow on arrival.
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    def _headers(self, target: Target, job: Job, body: bytes) -> Mapping[str, str]:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "guiliu",
            "Idempotency-Key": job.key,
            "Guiliu-Topic": job.topic if job.topic.isascii() else json_text(job.topic).decode("ascii", "replace"),
        }
        if not target.secret:
            return headers
        return headers | signed(self._secrets.read(target.secret)[0], job.key, machine_time(), body)


class Pace:
    """Keeps requests to one target apart."""

    def __init__(self) -> None:
        self._next = 0.0

    async def wait(self, rate: float) -> None:
        """Wait for a turn, of which there are ``rate`` a second; 0 does not wait."""
        if rate <= 0:
            return
        now = elapsed()
        turn = max(self._next, now)
        self._next = turn + 1 / rate
        await asyncio.sleep(turn - now)


def _check_literal(url: URL, target: Target) -> None:
    """An address written out is not resolved, so nobody else would look at it."""
    host = url.host or ""
    try:
        allowed = is_allowed(host, target.allowed)
    except ValueError:
        return
    if not allowed:
        raise AddressRefused(host)


async def _outcome(target: Target, job: Job, response: aiohttp.ClientResponse) -> Outcome:
    if 300 <= response.status < 400:
        return Failed(
            "redirected", "对方要求转到别处", "the other side redirects, which is not followed", is_final=True
        )
    wish = wish_of(response.headers.get("Retry-After", ""), machine_time())
    try:
        answer = read_answer(response.headers.get("Content-Type", ""), await _body(target, response))
    except AnswerUnreadable:
        if response.ok:
            raise
        # What a failure says besides its status is not worth a failure of its own.
        answer = None
    outcome = meaning_of(target, response.status, answer, wish=wish)
    if isinstance(outcome, Completed) and job.headers.get("callback") == "true":
        return Accepted()
    return outcome


async def _body(target: Target, response: aiohttp.ClientResponse) -> bytes:
    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding != "identity":
        raise AnswerUnreadable(f"it is compressed ({encoding[:20]}), which was not asked for")
    body = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > target.largest_answer:
            raise AnswerUnreadable(f"it is larger than {target.largest_answer} bytes")
    return bytes(body)
