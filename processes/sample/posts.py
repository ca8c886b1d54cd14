"""The sample city's posts and what each may do: a starting point, to be changed like any other configuration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from engine.actors import Actor
from processes.access import GrantPermissions, Permission
from processes.organisation import SavePost

_SEAT: Final = frozenset(
    {Permission.CASE_REPORT, Permission.CASE_READ_ALL, Permission.TASK_PERFORM, Permission.MEDIA_UPLOAD}
)
_FIELD: Final = frozenset({Permission.TASK_PERFORM, Permission.MEDIA_UPLOAD})
_WATCH: Final = frozenset({Permission.CASE_READ_ALL, Permission.SUPERVISION_READ, Permission.ORGANISATION_READ})


@dataclass(frozen=True, kw_only=True)
class SamplePost:
    """A post, what it may do, and the name of the sample person who holds it."""

    key: str
    name_zh: str
    name_en: str
    person: str
    permissions: frozenset[Permission]


SAMPLE_POSTS: Final = (
    SamplePost(
        key="admin",
        name_zh="系统管理员",
        name_en="Administrator",
        person="安格",
        permissions=_WATCH
        | {
            Permission.ORGANISATION_MANAGE,
            Permission.ACCESS_MANAGE,
            # Who sees every case is told which would become overdue.
            Permission.CALENDAR_MANAGE,
            Permission.AUDIT_READ,
            Permission.PROCESS_READ,
            Permission.FAULT_RETRY,
            Permission.INSTANCE_CONTROL,
        },
    ),
    SamplePost(
        key="designer",
        name_zh="流程设计员",
        name_en="Process designer",
        person="白塔娜",
        permissions=frozenset(
            {
                Permission.PROCESS_READ,
                Permission.PROCESS_EDIT,
                Permission.PROCESS_PUBLISH,
                Permission.ORGANISATION_READ,
                Permission.CATALOGUE_MANAGE,
                Permission.CALENDAR_MANAGE,
                Permission.TERRITORY_MANAGE,
                Permission.RESPONSIBILITY_MANAGE,
            }
        ),
    ),
    SamplePost(
        key="inspector",
        name_zh="采集员",
        name_en="Inspector",
        person="陈步云",
        permissions=_FIELD | {Permission.CASE_REPORT},
    ),
    SamplePost(
        key="acceptor",
        name_zh="受理员",
        name_en="Acceptor",
        person="达来",
        permissions=_SEAT | {Permission.PERSONAL_REVEAL},
    ),
    SamplePost(
        key="shift-lead",
        name_zh="值班长",
        name_en="Shift lead",
        person="额尔敦",
        permissions=_SEAT
        | _WATCH
        | {Permission.TASK_ASSIGN, Permission.PERSONAL_REVEAL, Permission.FAULT_RETRY, Permission.PROCESS_READ},
    ),
    SamplePost(
        key="dispatcher",
        name_zh="派遣员",
        name_en="Dispatcher",
        person="冯知远",
        permissions=_SEAT | {Permission.TASK_ASSIGN, Permission.ORGANISATION_READ},
    ),
    SamplePost(key="clerk", name_zh="处置员", name_en="Clerk", person="高平", permissions=_FIELD),
    SamplePost(
        key="head",
        name_zh="部门负责人",
        name_en="Head of a unit",
        person="梅林",
        permissions=_FIELD | {Permission.SUPERVISION_READ},
    ),
    SamplePost(key="verifier", name_zh="核查员", name_en="Verifier", person="韩卓然", permissions=_FIELD),
    SamplePost(
        key="supervisor",
        name_zh="督察员",
        name_en="Supervisor",
        person="金哈斯",
        permissions=_WATCH | _FIELD | {Permission.AUDIT_READ},
    ),
    SamplePost(key="leader", name_zh="领导", name_en="Leader", person="康青松", permissions=_WATCH | _FIELD),
    SamplePost(
        key="leading-group-office",
        name_zh="领导小组办公室",
        name_en="Office of the leading group",
        person="那顺",
        permissions=_WATCH | _FIELD,
    ),
    SamplePost(
        key="integrator",
        name_zh="集成员",
        name_en="Integrator",
        person="林其乐",
        permissions=frozenset(
            {
                Permission.CASE_READ_ALL,
                Permission.PROCESS_READ,
                Permission.FAULT_RETRY,
                Permission.CONNECTOR_MANAGE,
                Permission.MESSAGE_SEND,
            }
        ),
    ),
)


def post_commands(actor: Actor) -> Iterator[SavePost | GrantPermissions]:
    """Each post and its permissions."""
    for post in SAMPLE_POSTS:
        yield SavePost(actor=actor, expected=0, post=post.key, name_zh=post.name_zh, name_en=post.name_en)
        yield GrantPermissions(actor=actor, expected=0, post=post.key, permissions=post.permissions)
