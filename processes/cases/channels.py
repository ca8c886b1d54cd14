"""Where reports come from. Codes and names only: what a channel means for the flow is said in the diagram."""

from __future__ import annotations

from collections.abc import Mapping

#: Code → name in Chinese and English.
CHANNELS: Mapping[str, tuple[str, str]] = {
    "inspector": ("信息采集员上报", "Inspector"),
    "public": ("公众举报", "Public"),
    "hotline": ("12345 热线", "Hotline 12345"),
    "petition": ("信访", "Petition"),
    "media": ("媒体曝光", "Media"),
    "network": ("网络舆情", "Network opinion"),
    "video": ("视频发现", "Video"),
    "sensor": ("物联感知", "Sensor"),
    "industry": ("行业监管", "Supervision by trade"),
    "superior": ("上级交办", "Superior"),
    "leader": ("领导批示", "Leader"),
    "transfer": ("部门移送", "Transfer from a department"),
}
