"""Before the doors open: is this house fit to serve, and what has to be there first?"""

from __future__ import annotations

from engine.storage.migrate import migrate, pending
from guiliu.deploying import SHIPPED_DIAGRAMS, deploy_missing, shipped_sources
from guiliu.deploying_scenarios import keep_missing_scenarios, scenarios_below
from guiliu.platform import Platform, build_platform, open_platform
from guiliu.schema import LINES
from guiliu.settings import Settings
from processes.sample import SEED, RegisterTools, has_sample_accounts, seed_sample_city, seed_sample_registers


class Unfit(Exception):
    """The house must not serve as it is; the text says why and what to do."""


async def check_schema(url: str) -> None:
    """Raises ``Unfit`` for a schema that is behind."""
    if missing := await pending(url, LINES):
        advice = "表结构不是最新，请先运行 guiliu migrate / the schema is behind, run guiliu migrate first"
        raise Unfit(f"{advice}: {', '.join(missing)}")


async def check_fit(settings: Settings, url: str) -> None:
    """Raises ``Unfit`` for a schema that is behind and, in production, for sample accounts."""
    await check_schema(url)
    if not settings.is_production:
        return
    platform = build_platform(settings, url)
    async with open_platform(platform):
        if await has_sample_accounts(platform.database, platform.passwords):
            raise Unfit("生产环境存在样例账号，拒绝启动 / sample accounts exist, so production refuses to start")


async def prepare(settings: Settings, url: str) -> None:
    """Bring the schema up to date and, in a demo, put in the sample city with the shipped diagrams and forms."""
    await migrate(url, LINES)
    if settings.is_production:
        await check_fit(settings, url)
        return
    platform = build_platform(settings, url)
    async with open_platform(platform):
        await seed_city(platform)


async def seed_city(platform: Platform) -> None:
    """The sample city with the shipped diagrams and forms; what is there already stays as it is."""
    await seed_sample_city(platform.database, platform.bus, platform.passwords)
    await seed_registers(platform)
    await deploy_missing(platform, shipped_sources())
    await keep_missing_scenarios(platform, scenarios_below([SHIPPED_DIAGRAMS]))


async def seed_registers(platform: Platform) -> int:
    """The sample catalogue, calendars, lists and territory; how many of them were missing."""
    tools = RegisterTools(archive=platform.archive, imports=platform.imports)
    return await seed_sample_registers(platform.database, platform.bus, tools, by=SEED)
