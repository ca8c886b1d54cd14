"""Whom to believe: what outside systems send by themselves is taken only with their signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from connectors.register import CurrentTargets
from connectors.signing import Secrets, SecretUnusable, is_signed
from connectors.targets import Target
from engine.clock import machine_time
from engine.errors import Unauthenticated


@dataclass(frozen=True)
class Listening:
    """Tells who sent something."""

    targets: CurrentTargets
    secrets: Secrets

    async def sender(self, name: str, headers: Mapping[str, str], body: bytes) -> Target:
        """The outside system of this name, which signed exactly this body lately; ``headers`` by lower-case name.

        Raises ``Unauthenticated``, the same whatever is wrong: no such system, none that signs, a wrong or old
        signature. Raises ``Unavailable``.
        """
        target = await self.targets.find(name)
        if target is None or not self._is_believed(target, headers, body):
            raise Unauthenticated(
                "signature_invalid",
                "签名无效：应由已配置密钥的外部系统在五分钟内对原文签名",
                "Expected a signature over exactly this body, not older than five minutes, of a system that signs",
            )
        return target

    def _is_believed(self, target: Target, headers: Mapping[str, str], body: bytes) -> bool:
        if not target.secret:
            return False
        try:
            secrets = self.secrets.read(target.secret)
        except SecretUnusable:
            return False
        return is_signed(secrets, headers, machine_time(), body)
