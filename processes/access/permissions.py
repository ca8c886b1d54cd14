"""What may be permitted at all. Permissions are names in code; which post has which is data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """The name of one thing that a post may do."""

    CASE_REPORT = "case.report"
    CASE_READ_ALL = "case.read.all"
    TASK_PERFORM = "task.perform"
    TASK_ASSIGN = "task.assign"
    MEDIA_UPLOAD = "media.upload"
    PERSONAL_REVEAL = "personal.reveal"
    SUPERVISION_READ = "supervision.read"
    PROCESS_READ = "process.read"
    PROCESS_EDIT = "process.edit"
    PROCESS_PUBLISH = "process.publish"
    FAULT_RETRY = "fault.retry"
    INSTANCE_CONTROL = "instance.control"
    MESSAGE_SEND = "message.send"
    ORGANISATION_READ = "organisation.read"
    ORGANISATION_MANAGE = "organisation.manage"
    ACCESS_MANAGE = "access.manage"
    CATALOGUE_MANAGE = "catalogue.manage"
    CALENDAR_MANAGE = "calendar.manage"
    TERRITORY_MANAGE = "territory.manage"
    RESPONSIBILITY_MANAGE = "responsibility.manage"
    CONNECTOR_MANAGE = "connector.manage"
    AUDIT_READ = "audit.read"


@dataclass(frozen=True)
class Words:
    """The same words in both languages."""

    zh: str
    en: str


PERMISSION_WORDS: Mapping[Permission, Words] = {
    Permission.CASE_REPORT: Words("上报案件", "report cases"),
    Permission.CASE_READ_ALL: Words("查看全部案件", "see every case"),
    Permission.TASK_PERFORM: Words("签收、办理待办", "claim and perform tasks"),
    Permission.TASK_ASSIGN: Words("指派待办", "assign tasks to others"),
    Permission.MEDIA_UPLOAD: Words("上传照片和附件", "upload photos and attachments"),
    Permission.PERSONAL_REVEAL: Words("查看上报人信息", "see who reported"),
    Permission.SUPERVISION_READ: Words("查看督察看板", "see the supervision board"),
    Permission.PROCESS_READ: Words("查看流程、表单", "see processes and forms"),
    Permission.PROCESS_EDIT: Words("编辑流程、表单", "edit processes and forms"),
    Permission.PROCESS_PUBLISH: Words("发布流程、表单", "publish processes and forms"),
    Permission.FAULT_RETRY: Words("重试故障", "retry faults"),
    Permission.INSTANCE_CONTROL: Words("干预流程实例", "intervene in instances"),
    Permission.MESSAGE_SEND: Words("向案件发送消息", "send messages to cases"),
    Permission.ORGANISATION_READ: Words("查看单位和人员", "see units and people"),
    Permission.ORGANISATION_MANAGE: Words("管理单位、岗位、人员", "manage units, posts and people"),
    Permission.ACCESS_MANAGE: Words("管理权限和密码", "manage permissions and passwords"),
    Permission.CATALOGUE_MANAGE: Words("管理立案标准", "manage the catalogue"),
    Permission.CALENDAR_MANAGE: Words("管理工作日历、时限规则", "manage calendars and the settings of deadlines"),
    Permission.TERRITORY_MANAGE: Words("管理网格和部件", "manage grids and components"),
    Permission.RESPONSIBILITY_MANAGE: Words("管理责任清单", "manage responsibility lists"),
    Permission.CONNECTOR_MANAGE: Words("管理外部对接", "manage connections to other systems"),
    Permission.AUDIT_READ: Words("查看审计记录", "read the audit log"),
}
