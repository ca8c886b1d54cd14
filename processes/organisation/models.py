"""The organisation's tables as models, for its writes; readers take the snapshot."""

from __future__ import annotations

from tortoise import fields
from tortoise.fields.db_defaults import SqlDefault
from tortoise.models import Model


class Unit(Model):
    """A department, subdistrict, enterprise or centre."""

    code = fields.CharField(primary_key=True, max_length=32)
    name = fields.TextField()
    name_en = fields.TextField()
    kind = fields.CharField(max_length=16)
    parent = fields.CharField(max_length=32, null=True)
    is_valid = fields.BooleanField()

    class Meta:
        table = "unit"


class Post(Model):
    """A kind of position, held by people in a unit or in the city as a whole."""

    key = fields.CharField(primary_key=True, max_length=32)
    name_zh = fields.TextField()
    name_en = fields.TextField()

    class Meta:
        table = "post"


class Account(Model):
    """Someone who may sign in."""

    id = fields.BigIntField(primary_key=True)
    username = fields.TextField()
    #: Case folding lengthens some of the 64 characters.
    username_key = fields.CharField(max_length=255, unique=True)
    name = fields.TextField()
    is_disabled = fields.BooleanField()
    created_at = fields.DatetimeField(db_default=SqlDefault("clock_timestamp()"))

    class Meta:
        table = "account"


class Membership(Model):
    """An account holds a post, in a unit where the post needs one."""

    id = fields.BigIntField(primary_key=True)
    account = fields.BigIntField()
    post = fields.CharField(max_length=32)
    unit = fields.CharField(max_length=32, null=True)
    valid_from = fields.DatetimeField(null=True)
    valid_until = fields.DatetimeField(null=True)

    class Meta:
        table = "membership"
