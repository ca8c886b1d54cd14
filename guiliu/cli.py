"""The command line: every command reads the settings, does one thing and says what it did."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from api import Surface
from engine.clock import machine_time
from engine.errors import Refusal
from engine.spiff import laid_out
from engine.storage.migrate import SchemaDrift, migrate
from guiliu.database_url import database_url
from guiliu.deploying import SHIPPED_DIAGRAMS, Outcome, deploy, provide_calendar, sources_in
from guiliu.deploying_scenarios import keep_scenarios_of, scenarios_below
from guiliu.doctor import Diagnosis, examine, examine_invariants
from guiliu.first_account import create_account
from guiliu.load import BadHistory, Load, NoWayIn, drive, examine_history, load_bar, show_load, span_of
from guiliu.log import configure_log
from guiliu.platform import build_platform, open_platform
from guiliu.postgres import CannotRunAsRoot, NoServer, ServerFailed
from guiliu.preparing import Unfit, check_fit, check_schema, prepare
from guiliu.schema import LINES
from guiliu.serving import serve as serve_until_stopped
from guiliu.settings import BadSettings, Settings, read_settings
from guiliu.simulation import (
    MOST_CASES,
    MOST_DAYS,
    CityDays,
    InUse,
    city_time,
    play_first_days,
    progress_bar,
    show,
    simulate,
)
from guiliu.testing import play_all, show_played
from guiliu.trying import show_decision, show_expression
from guiliu.working import keep_working
from processes.sample import SAMPLE_PASSWORD, SAMPLE_POSTS

cli = typer.Typer(name="guiliu", help="归流：城市案件流程编排 / case orchestration for cities", no_args_is_help=True)
accounts = typer.Typer(help="账号 / accounts", no_args_is_help=True)
cli.add_typer(accounts, name="account")
out = Console(highlight=False)
#: Lines are wrapped by the terminal, never by us: a path that is cut in two cannot be copied.
problems = Console(stderr=True, highlight=False, soft_wrap=True)
#: What is said in words, without a trace.
_TOLD = (
    BadSettings,
    BadHistory,
    CannotRunAsRoot,
    InUse,
    NoServer,
    NoWayIn,
    SchemaDrift,
    ServerFailed,
    Unfit,
)


@cli.command()
def run() -> None:
    """一键启动：数据库、表结构、样例城市、服务与后台 / everything at once, for a first look and for development."""
    with _reported(), _settled() as (settings, url):
        asyncio.run(prepare(settings, url))
        if not settings.is_production:
            play_first_days(settings, url, partial(progress_bar, out))
        worker = multiprocessing.get_context("fork").Process(target=keep_working, args=(settings, url), daemon=True)
        worker.start()
        _welcome(settings)
        try:
            serve_until_stopped(settings, url, Surface.INTERNAL)
        finally:
            if worker.pid and worker.is_alive():
                os.kill(worker.pid, signal.SIGTERM)
            worker.join(timeout=15)


@cli.command()
def serve(
    surface: Annotated[Surface, typer.Option(help="网络区域 / zone")] = Surface.INTERNAL,
) -> None:
    """提供 HTTP 服务 / serve HTTP; the schema must be migrated."""
    with _reported(), _settled() as (settings, url):
        asyncio.run(check_fit(settings, url))
        serve_until_stopped(settings, url, surface)


@cli.command()
def work() -> None:
    """后台任务 / background work: timers, partitions, anchors, clearing."""
    with _reported(), _settled() as (settings, url):
        keep_working(settings, url)


@cli.command("simulate")
def play_city_days(  # noqa: PLR0913 - the options of one command
    days: Annotated[int, typer.Option(min=1, max=MOST_DAYS, help="天数 / days")] = 5,
    cases: Annotated[int, typer.Option(min=1, max=MOST_CASES, help="案件数 / cases")] = 2000,
    seed: Annotated[int, typer.Option(help="同一种子，同一座城 / same seed, same city")] = 1,
    until: Annotated[datetime | None, typer.Option(help="结束时刻，默认此刻 / the end, now unless given")] = None,
    http: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="改为驱动运行中的服务，可多个 / drive running servers instead"),
    ] = None,
    rate: Annotated[float | None, typer.Option(min=0.1, help="每秒请求数，开环 / requests a second, open loop")] = None,
    lasting: Annotated[timedelta, typer.Option("--for", parser=span_of, help="多久 / how long")] = "30s",  # type: ignore[assignment]
    users: Annotated[int, typer.Option(min=1, max=1000, help="同时在线人数 / users at the same time")] = 8,
    history: Annotated[
        Path, typer.Option(dir_okay=False, writable=True, help="客户端历史 / what clients were told")
    ] = Path("history.jsonl"),
) -> None:
    """模拟若干天的城市运行，独占数据库；或以 --http 驱动运行中的服务 / play city days, or drive a running server."""
    if http:
        with _reported():
            _drive(Load(urls=tuple(http), lasting=lasting, users=users, rate=rate, seed=seed, history=history))
        return
    with _reported(), _settled() as (settings, url):
        if settings.is_production:
            raise Unfit("生产环境不得模拟 / nothing is simulated in production")
        asyncio.run(prepare(settings, url))
        played = CityDays(days=days, cases=cases, seed=seed, end=city_time(until or machine_time(), settings.zone))
        with progress_bar(out, played) as tell:
            outcome = asyncio.run(simulate(settings, url, played, tell))
        show(out, played, outcome)


@cli.command("migrate")
def migrate_schema() -> None:
    """更新表结构 / bring the schema up to date."""
    with _reported(), _settled() as (_, url):
        applied = asyncio.run(migrate(url, LINES))
        for name in applied:
            out.print(f"  {name}")
        out.print("表结构已是最新 / the schema is up to date" if not applied else f"{len(applied)} ✓")


@cli.command("deploy")
def deploy_files(
    paths: Annotated[list[Path], typer.Argument(help="文件或文件夹 / files or folders")],
) -> None:
    """发布流程、决策与表单 / publish diagrams, decisions and forms that changed."""
    with _reported(), _settled() as (settings, url):
        asyncio.run(_deploy(settings, url, paths))


@cli.command("layout")
def lay_out(
    files: Annotated[list[Path], typer.Argument(help="流程图文件 / diagrams (.bpmn)", exists=True, dir_okay=False)],
) -> None:
    """给没有图形的流程图排版，写回文件，不需要数据库 / lay out diagrams that have no picture; needs no database."""
    for file in files:
        written = file.read_bytes()
        if (pictured := laid_out(written)) != written:
            file.write_bytes(pictured)
            out.print(f"{file} ✓")
        else:
            out.print(f"{file}：已有图形或无法排版 / has a picture, or cannot be laid out")


@cli.command("feel")
def try_expression(
    expression: Annotated[str, typer.Argument(help="表达式 / expression")],
    context: Annotated[Path | None, typer.Option(help="变量的 JSON 文件 / JSON file of names and values")] = None,
) -> None:
    """试算表达式，不需要数据库 / work out an expression; needs no database."""
    with _reported():
        show_expression(expression, context)


@cli.command("decide")
def try_decision(
    file: Annotated[Path, typer.Argument(help="决策文件 / decision file (.dmn)")],
    decision: Annotated[str, typer.Option(help="决策的 id 或名称 / id or name of the decision")] = "",
    inputs: Annotated[Path | None, typer.Option("--input", help="输入的 JSON 文件 / JSON file of inputs")] = None,
) -> None:
    """试算决策并给出命中的行，不需要数据库 / work out a decision with the rows that match; needs no database."""
    with _reported():
        show_decision(file, decision, inputs)


@accounts.command("create")
def create_administrator(
    username: Annotated[str, typer.Argument(help="用户名 / user name")],
    name: Annotated[str, typer.Option(help="姓名 / name of the person")],
    password: Annotated[
        str,
        typer.Option(
            help="口令；不给则询问 / asked for unless given",
            prompt=True,
            hide_input=True,
            envvar="GUILIU_ACCOUNT_PASSWORD",
        ),
    ],
) -> None:
    """新建管理员账号，例如一座新城市的第一个 / make an administrator, such as the first one of a new city."""
    with _reported(), _settled() as (settings, url):
        asyncio.run(_create_account(settings, url, username, name, password))


@cli.command("test")
def play_scenarios(
    path: Annotated[Path, typer.Argument(help="场景文件或文件夹 / scenario file or folder")] = SHIPPED_DIAGRAMS,
) -> None:
    """演练流程图旁的场景，不需要数据库 / play the scenarios beside diagrams; needs no database."""
    with _reported():
        played = play_all(path, out)
        show_played(played, out)
        if not played.passed:
            raise typer.Exit(1)


@cli.command()
def doctor(
    invariants: Annotated[bool, typer.Option("--invariants", help="逐案核对不变量 / check every case")] = False,
    history: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="核对客户端历史 / hold a client's history against it"),
    ] = None,
) -> None:
    """体检 / examine this installation."""
    with _reported(), _settled() as (settings, url):
        found = asyncio.run(_diagnoses(settings, url, invariants=invariants, history=history))
        _print_diagnoses(found)
        if not all(diagnosis.is_well for diagnosis in found):
            raise typer.Exit(1)


def main() -> None:
    """The entry point of the ``guiliu`` command."""
    cli()


@contextmanager
def _settled() -> Iterator[tuple[Settings, str]]:
    settings = read_settings()
    configure_log()
    with database_url(settings) as url:
        yield settings, url


@contextmanager
def _reported() -> Iterator[None]:
    """Say what is wrong in words; a trace is for defects."""
    try:
        yield
    except Refusal as refusal:
        problems.print(f"{refusal.message_zh} / {refusal.message_en}", style="red", markup=False)
        for error in refusal.details.get("findings", refusal.details.get("errors", [])):
            problems.print(f"  · {_in_words(error)}", markup=False)
        raise typer.Exit(1) from refusal
    except _TOLD as error:
        problems.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from error


def _in_words(error: Mapping[str, Any]) -> str:
    place = f"第 {error['line']} 行 / line {error['line']}: " if error.get("line") else error.get("pointer", "")
    return f"{place} {error['message_zh']} / {error['message_en']}".strip()


def _drive(load: Load) -> None:
    with load_bar(out, load) as tell:
        latencies = asyncio.run(drive(load, tell))
    show_load(out, load, latencies)


async def _deploy(settings: Settings, url: str, paths: list[Path]) -> None:
    await check_schema(url)
    words = {Outcome.PUBLISHED: "已发布 / published", Outcome.UNCHANGED: "未变化 / unchanged"}
    async with open_platform(build_platform(settings, url)) as platform:
        for source in sources_in(paths):
            try:
                outcome = await deploy(platform, source)
            except Refusal as refusal:
                problems.print(source.name, style="red", markup=False)
                raise refusal from None
            out.print(f"  {source.name}  {words[outcome]}")
        for file in scenarios_below(paths):
            if await keep_scenarios_of(platform, file):
                out.print(f"  {file.path}  已保存 / kept")
        if await provide_calendar(platform):
            out.print(
                "本市没有日历 standard，时限无从起算：已放入随产品的日历，请核对作息与节假日（/calendars/standard）\n"
                "The city had no calendar standard, so no deadline could begin: the shipped one was put in; "
                "check its hours and holidays (/calendars/standard)",
                style="yellow",
            )


async def _create_account(settings: Settings, url: str, username: str, name: str, password: str) -> None:
    await check_schema(url)
    async with open_platform(build_platform(settings, url)) as platform:
        made_post = await create_account(platform, username, name, password)
    out.print(f"账号 {username} 可以登录了 / {username} can sign in", markup=False)
    if made_post:
        out.print("岗位 admin 已建立 / the post admin was made")


async def _diagnoses(settings: Settings, url: str, *, invariants: bool, history: Path | None) -> list[Diagnosis]:
    await check_schema(url)
    async with open_platform(build_platform(settings, url)) as platform:
        found = [diagnosis async for diagnosis in examine(platform)]
        if invariants:
            found += [diagnosis async for diagnosis in examine_invariants(platform)]
        if history is not None:
            found += [diagnosis async for diagnosis in examine_history(platform.database, history)]
        return found


def _print_diagnoses(found: list[Diagnosis]) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("", "项目 / subject", "详情 / detail"):
        table.add_column(heading)
    for diagnosis in found:
        table.add_row("[green]✓[/]" if diagnosis.is_well else "[red]✗[/]", diagnosis.subject, diagnosis.detail)
    out.print(table)


def _welcome(settings: Settings) -> None:
    out.print(f"\n归流 Guiliu  [bold]http://{settings.host}:{settings.port}[/]   接口 / API: /openapi.json\n")
    if settings.is_production:
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("账号 / account", "岗位", "post"):
        table.add_column(heading)
    for post in SAMPLE_POSTS:
        table.add_row(post.key, post.name_zh, post.name_en)
    out.print(table)
    out.print(f"密码 / password: [bold]{SAMPLE_PASSWORD}[/]\n")
