"""An outside system as it is configured: where it is, what it may see, and what its answers mean."""

from __future__ import annotations

import re
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from yarl import URL

from engine.errors import Invalid

NAME = re.compile(r"[a-z][a-z0-9._-]{0,63}")
_SECRET_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
#: A path that no server and no proxy reads as another.
_PATH = re.compile(r"(?:/[A-Za-z0-9._~!$&'()*+,;=:@-]+)*/?")
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")
LARGEST_ANSWER = 1024 * 1024
LONGEST_TRY = 30.0
#: What a member of an answer may be said to be, and how deep members may lie in one another.
TYPES = frozenset({"any", "string", "number", "boolean"})
_DEEPEST_RESULT = 8


class Meaning(StrEnum):
    """What an answer means."""

    #: The element goes on with it.
    DONE = "done"
    #: An error that the diagram may catch.
    ERROR = "error"
    RETRY = "retry"
    #: Trying again is of no use.
    FINAL = "final"


class AnswerRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The meaning of some answers; the first rule that fits an answer decides."""

    #: From and to, both included.
    status: tuple[Annotated[int, Meta(ge=200, le=599)], Annotated[int, Meta(ge=200, le=599)]]
    #: Member of the answer's object that must hold ``equals``; ``None`` looks at the status only.
    member: Annotated[str, Meta(min_length=1, max_length=100)] | None = None
    equals: str | int | bool | None = None
    then: Meaning
    #: Code of the error, for ``error`` only.
    error: Annotated[str, Meta(max_length=100)] = ""


class Target(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One outside system."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    #: Scheme, host, port and the beginning of the path; nothing outside is ever asked.
    url: Annotated[str, Meta(min_length=1, max_length=500)]
    #: Networks (CIDR) in which every address of the host must lie.
    networks: Annotated[list[str], Meta(min_length=1, max_length=20)]
    #: Name of the file under ``secrets`` in the home folder, whose first line signs; empty sends unsigned.
    secret: str = ""
    #: Seconds for one try as a whole, and for making the connection.
    timeout: Annotated[float, Meta(gt=0, le=LONGEST_TRY)] = 10.0
    connect_timeout: Annotated[float, Meta(gt=0, le=LONGEST_TRY)] = 5.0
    #: Bytes of an answer.
    largest_answer: Annotated[int, Meta(ge=1, le=LARGEST_ANSWER)] = 256 * 1024
    #: Requests a second from each worker; 0 does not limit.
    rate: Annotated[float, Meta(ge=0, le=1000)] = 0
    answers: Annotated[list[AnswerRule], Meta(max_length=50)] = []
    #: Members of the body of an answer that lets the element go on, each with its FEEL type or its own members; those
    #: of a list are those of its elements. Empty when nothing is said of it.
    result: dict[str, Any] = {}
    is_enabled: bool = True

    @property
    def base(self) -> URL:
        """The address, parsed."""
        return URL(self.url, encoded=True)

    @property
    def allowed(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks, parsed."""
        return tuple(ip_network(each) for each in self.networks)


def read_target(content: Any) -> Target:
    """A target from JSON values. Raises ``Invalid`` naming the place."""
    try:
        target = msgspec.convert(content, Target)
    except msgspec.ValidationError as error:
        raise _unfit("", str(error), str(error)) from None
    _check_url(target.url)
    for place, network in enumerate(target.networks):
        try:
            ip_network(network)
        except ValueError:
            raise _unfit(f"/networks/{place}", "应为网段，如 10.1.2.0/24", "a network such as 10.1.2.0/24") from None
    if target.secret and not _SECRET_NAME.fullmatch(target.secret):
        raise _unfit("/secret", "应为密钥文件名", "the name of a file")
    for place, rule in enumerate(target.answers):
        if (rule.then is Meaning.ERROR) is not bool(rule.error):
            raise _unfit(f"/answers/{place}/error", "then 为 error 时写错误代码，否则不写", "a code with error only")
    _check_result(target.result, "/result")
    return target


def address_of(target: Target, path: str) -> URL:
    """Where a request goes. Raises ``Invalid`` for a path that could lead anywhere else."""
    if not _PATH.fullmatch(path) or "." in path.replace("..", "/./").split("/"):
        raise _unfit("/path", "路径应以 / 开头，只含普通字符，不含 ..", "a plain path that begins with / and has no ..")
    base = target.base
    return base.with_path(base.raw_path.rstrip("/") + path, encoded=True) if path else base


def _check_result(members: dict[str, Any], pointer: str) -> None:
    for name, shape in members.items():
        if isinstance(shape, dict) and pointer.count("/") < _DEEPEST_RESULT:
            _check_result(shape, f"{pointer}/{name}")
        elif not isinstance(shape, str) or shape not in TYPES:
            kinds = ", ".join(sorted(TYPES))
            raise _unfit(f"{pointer}/{name}", f"应为类型（{kinds}）或成员", f"a type ({kinds}) or members")


def _check_url(text: str) -> None:
    try:
        url = URL(text, encoded=True)
        port = url.port
    except ValueError:
        raise _unfit("/url", "不是网址", "an address") from None
    plain = url.scheme in ("http", "https") and _is_host(url.host or "") and port and not (url.user or url.password)
    if not plain or url.query_string or url.fragment or not _PATH.fullmatch(url.raw_path) or ".." in url.raw_path:
        raise _unfit(
            "/url",
            "应为 http 或 https 网址，不含用户名、参数和 ..",
            "an http or https address without user, query and ..",
        )


def _is_host(host: str) -> bool:
    """Whether it is a name or an address in its one usual spelling; ``2130706433`` and ``0x7f.1`` are neither."""
    last = host.rstrip(".").rpartition(".")[2]
    if ":" not in host and not _NUMBER.fullmatch(last):
        return bool(last)
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _unfit(pointer: str, wanted_zh: str, wanted_en: str) -> Invalid:
    return Invalid("target_invalid", f"外部系统配置有误：{wanted_zh}", f"Expected {wanted_en}", pointer=pointer)
