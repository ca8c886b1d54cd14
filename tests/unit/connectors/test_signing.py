"""A signature holds for one body, one id and five minutes, under any of the secrets in force."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors import Secrets, SecretUnusable, is_signed, signed

NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
OLD, NEW = b"the-secret-of-last-year-was-this", b"the-secret-of-this-year-is-this"
BODY = b'{"answer":{"delivery":"1024.7"}}'


def headers(secret: bytes = OLD, at: datetime = NOW, **changes: str) -> Mapping[str, str]:
    return {**signed(secret, "evt-1", at, BODY), **{name.replace("_", "-"): text for name, text in changes.items()}}


def test_the_form_is_that_of_standard_webhooks() -> None:
    """The example of the specification's reference implementations."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1614265330, UTC)
    made = signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_whoever_has_the_secret_is_believed() -> None:
    assert is_signed([OLD], headers(), NOW, BODY)


@pytest.mark.parametrize("seconds", [-300, -299, 0, 299, 300])
def test_clocks_may_be_five_minutes_apart(seconds: int) -> None:
    assert is_signed([OLD], headers(at=NOW + timedelta(seconds=seconds)), NOW, BODY)


@pytest.mark.parametrize("seconds", [-86_400, -301, 301, 86_400])
def test_what_is_older_or_from_the_future_is_not_believed(seconds: int) -> None:
    assert not is_signed([OLD], headers(at=NOW + timedelta(seconds=seconds)), NOW, BODY)


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook_id": "evt-2"},
        {"webhook_id": ""},
        {"webhook_timestamp": "1"},
        {"webhook_timestamp": "soon"},
        {"webhook_timestamp": "-1764057600"},
        {"webhook_timestamp": "１７６４０５７６００"},
        {"webhook_timestamp": "9" * 13},
        {"webhook_signature": ""},
        {"webhook_signature": "v1,"},
        {"webhook_signature": "v1,签名"},
        {"webhook_signature": "v2," + headers()["webhook-signature"][3:]},
    ],
)
def test_a_changed_header_is_not_believed(changes: dict[str, str]) -> None:
    assert not is_signed([OLD], headers(**changes), NOW, BODY)


def test_another_body_secret_or_no_header_is_not_believed() -> None:
    assert not is_signed([OLD], headers(), NOW, BODY + b" ")
    assert not is_signed([NEW], headers(), NOW, BODY)
    assert not is_signed([], headers(), NOW, BODY)
    assert not is_signed([OLD], {}, NOW, BODY)


def test_while_a_secret_is_changed_both_are_believed_and_several_signatures_may_stand() -> None:
    assert is_signed([NEW, OLD], headers(OLD), NOW, BODY)
    assert is_signed([NEW, OLD], headers(NEW), NOW, BODY)
    both = f"{headers(OLD)['webhook-signature']} {headers(NEW)['webhook-signature']}"
    assert is_signed([NEW], headers(webhook_signature=both), NOW, BODY)


def test_secrets_are_lines_of_a_file_the_newest_first(tmp_path: Path) -> None:
    coded = "whsec_" + base64.b64encode(NEW).decode()
    (tmp_path / "sewers").write_text(f"{coded}\n\n{OLD.decode()}\n")
    assert Secrets(tmp_path).read("sewers") == [NEW, OLD]


@pytest.mark.parametrize("text", ["", "\n", "short", "whsec_not base64!", "whsec_c2hvcnQ="])
def test_a_secret_that_is_none_is_refused_without_being_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "sewers").write_text(text)
    with pytest.raises(SecretUnusable) as refused:
        Secrets(tmp_path).read("sewers")
    assert str(refused.value).startswith("secrets/sewers ")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SecretUnusable):
        Secrets(tmp_path).read("sewers")
