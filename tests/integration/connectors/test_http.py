"""The HTTP connector against servers that misbehave: every mishap has its meaning, and nothing gets out of hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from connectors import HttpConnector, Secrets, Target, is_signed, read_target
from engine.deliveries import Accepted, Completed, Failed, Job, Outcome, Rejected
from engine.errors import Invalid
from tests.integration.connectors import bad_servers as bad

SECRET = "a secret of more than 24 bytes"
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


class OneTarget:
    def __init__(self, target: Target | None) -> None:
        self._target = target

    async def find(self, name: str) -> Target | None:
        return self._target if name == "water" else None


def job(**changes: Any) -> Job:
    members: dict[str, Any] = {
        "tree": 64, "delivery": 7, "target": "water", "topic": "repair", "element": "ask", "payload": {"number": "一"},
        "headers": {}, "requested_at": NOW, "attempts": 0, "revision": 0, **changes,
    }  # fmt: skip
    return Job(**members)


@pytest.fixture
def secrets(tmp_path: Path) -> Secrets:
    (tmp_path / "water").write_text(f"{SECRET}\nan older secret of 24 bytes or more\n", encoding="utf-8")
    return Secrets(tmp_path)


async def ask(secrets: Secrets, url: str, asked: Job | None = None, **content: Any) -> Outcome:
    target = read_target(
        {"title": "自来水", "url": url, "networks": ["127.0.0.0/8"], "secret": "water", "timeout": 30, **content}
    )
    return await HttpConnector(OneTarget(target), secrets)(asked or job())


async def test_a_request_is_signed_and_names_its_key_and_the_answer_is_json(secrets: Secrets) -> None:
    async with bad.receiving() as receiver:
        outcome = await ask(secrets, receiver.url, job(headers={"path": "/orders"}))
    assert outcome == Completed({"response": {"status": 200, "body": {"ticket": "64.7"}}})
    (request,) = receiver.requests
    headers: Mapping[str, str] = {name.lower(): value for name, value in request["headers"].items()}
    assert request["path"] == "/api/orders"
    assert request["body"] == '{"number":"一"}'.encode()
    assert (headers["idempotency-key"], headers["webhook-id"]) == ("64.7", "64.7")
    sent_at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    assert is_signed([SECRET.encode()], headers, sent_at, request["body"])
    assert not is_signed([b"another secret of 24 bytes"], headers, sent_at, request["body"])


@pytest.mark.parametrize(
    ("mishap", "code", "is_final"),
    [
        (bad.broken, "http_500", False),
        (bad.busy, "http_429", False),
        (bad.refusing, "http_409", True),
        (bad.hanging, "timeout", False),
        (bad.dripping, "timeout", False),
        (bad.cut, "unreachable", False),
        (bad.garbage, "garbled", False),
        (bad.html, "garbled", False),
        (bad.bomb, "garbled", False),
        (bad.flood, "garbled", False),
        (bad.elsewhere, "redirected", True),
    ],
)
async def test_every_mishap_has_its_meaning(secrets: Secrets, mishap: Any, code: str, is_final: bool) -> None:
    async with bad.receiving(mishap) as receiver:
        outcome = await ask(secrets, receiver.url, timeout=1 if code == "timeout" else 30)
        assert isinstance(outcome, Failed)
        assert (outcome.code, outcome.is_final) == (code, is_final)
        assert len(receiver.requests) == 1, "one try is one request; nobody follows a redirect"


async def test_the_words_and_wishes_of_the_other_side_are_kept(secrets: Secrets) -> None:
    async with bad.receiving(bad.broken, bad.busy) as receiver:
        first, second = await ask(secrets, receiver.url), await ask(secrets, receiver.url)
    assert isinstance(first, Failed)
    assert isinstance(second, Failed)
    assert first.message_zh == "对方答复 500 库满了"
    assert second.retry_after == timedelta(seconds=120)


async def test_an_answer_may_be_an_error_of_the_diagram(secrets: Secrets) -> None:
    rule = {"status": [400, 499], "member": "code", "equals": "not_ours", "then": "error", "error": "NOT_OURS"}
    async with bad.receiving(bad.refusing) as receiver:
        outcome = await ask(secrets, receiver.url, answers=[rule])
    assert isinstance(outcome, Rejected)
    assert (outcome.error, outcome.message) == ("NOT_OURS", "不归我管")


async def test_an_element_that_waits_for_a_call_back_is_taken_over(secrets: Secrets) -> None:
    async with bad.receiving() as receiver:
        assert await ask(secrets, receiver.url, job(headers={"callback": "true"})) == Accepted()


HOSTS = ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]"]


@pytest.mark.parametrize("host", HOSTS)
async def test_addresses_outside_the_networks_are_never_connected_to(secrets: Secrets, host: str) -> None:
    async with bad.receiving() as receiver:
        outcome = await ask(secrets, f"http://{host}:{receiver.port}/", networks=["10.0.0.0/8"])
        assert receiver.requests == []
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == ("address_refused", True)


@pytest.mark.parametrize(
    "url",
    ["http://2130706433/", "http://0x7f000001/", "http://0/", "http://127.1/", "file:///etc/passwd", "gopher://a/",
     "http://user:word@a/", "http://a/?x=1", "http://a/../b", "http://a:99999/", "//a", "a", "http:///x"],
)  # fmt: skip
async def test_an_address_that_could_mean_another_is_refused_when_it_is_configured(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_target({"title": "x", "url": url, "networks": ["127.0.0.0/8"]})
    assert refused.value.pointer == "/url"


@pytest.mark.parametrize("path", ["/../admin", "//evil", "/a?b", "/%2e%2e/", "admin", "/a\\b", "/a#b", "/./a", "@evil"])
async def test_a_path_cannot_lead_elsewhere(secrets: Secrets, path: str) -> None:
    async with bad.receiving() as receiver:
        outcome = await ask(secrets, receiver.url, job(headers={"path": path}))
        assert receiver.requests == []
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == ("misconfigured", True)


async def test_what_is_not_configured_is_said_in_words(secrets: Secrets, tmp_path: Path) -> None:
    unknown = await HttpConnector(OneTarget(None), secrets)(job())
    assert isinstance(unknown, Failed)
    assert (unknown.code, unknown.is_final) == ("target_unknown", True)
    async with bad.receiving() as receiver:
        missing = await ask(secrets, receiver.url, secret="gone")
        assert receiver.requests == []
    assert isinstance(missing, Failed)
    assert missing.code == "misconfigured"
    assert "secrets/gone" in missing.message_en


async def test_nobody_listening_is_a_try_in_vain(secrets: Secrets) -> None:
    async with bad.receiving() as receiver:
        url = receiver.url
    outcome = await ask(secrets, url)
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.is_final) == ("unreachable", False)
