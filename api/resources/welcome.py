"""What a sign-in page shows before anyone is signed in: in a demo, who can be tried out."""

from __future__ import annotations

import msgspec

from api.answers import answered
from api.routes import Call, Nothing, Reply, Resource, Route
from processes.sample import SAMPLE_PASSWORD, SAMPLE_POSTS


class SampleAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account of the sample city."""

    username: str
    person: str
    post_zh: str
    post_en: str


class Welcome(msgspec.Struct, frozen=True, kw_only=True):
    """Who can be tried out; nobody in production."""

    samples: list[SampleAccount]
    #: Of all sample accounts; empty in production.
    sample_password: str


async def get_welcome(call: Call[Nothing, None]) -> Reply:
    """Answer the sample accounts of a demo."""
    if call.platform.is_production:
        return answered(Welcome(samples=[], sample_password=""))
    samples = [
        SampleAccount(username=post.key, person=post.person, post_zh=post.name_zh, post_en=post.name_en)
        for post in SAMPLE_POSTS
    ]
    return answered(Welcome(samples=samples, sample_password=SAMPLE_PASSWORD))


RESOURCE = Resource(
    name="welcome",
    title_zh="登录页",
    title_en="The sign-in page",
    routes=(
        Route(
            method="GET",
            path="/welcome",
            handler=get_welcome,
            summary_zh="登录页显示的样例账号；生产环境没有",
            summary_en="Sample accounts that a sign-in page shows; none in production",
            answer=Welcome,
            is_open=True,
        ),
    ),
)
