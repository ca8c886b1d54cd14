"""A model of the tests' own, to show that models join the unit of work."""

from __future__ import annotations

from tortoise import fields
from tortoise.models import Model


class Note(Model):
    id = fields.IntField(primary_key=True)
    body = fields.TextField()

    class Meta:
        table = "note"
