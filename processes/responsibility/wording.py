"""The words of a proposal, in Chinese and English."""

from __future__ import annotations

from processes.responsibility.order import Step

STEP_NAMES: dict[Step, tuple[str, str]] = {
    Step.OWNER: ("设施清单·权属单位", "facility list, owner"),
    Step.MAINTAINER: ("设施清单·养护单位", "facility list, maintainer"),
    Step.MANAGER: ("设施清单·主管部门", "facility list, manager"),
    Step.BOUNDARY: ("边界清单", "boundary list"),
    Step.AREA: ("地域清单", "area list"),
    Step.SUBDISTRICT: ("属地街道兜底", "subdistrict, when no list answers"),
}


def chosen_words(step: Step, key: str) -> tuple[str, str]:
    """Why a claim was chosen."""
    zh, en = STEP_NAMES[step]
    if not key:
        return "各清单均未指定单位，由属地街道负责", "no list names a unit; the subdistrict answers"
    return f"依据{zh}“{key}”行", f"by row {key!r} of the {en}"


def lost_words(step: Step, winner: Step, *, same_unit: bool, contradicts: bool) -> tuple[str, str]:
    """Why a claim lost."""
    zh, en = STEP_NAMES[step]
    if contradicts:
        return (
            "与所选行范围相同但单位不同，清单自相矛盾，请在边界清单中明确",
            "reaches the same as the chosen row but names another unit; settle it in the boundary list",
        )
    if same_unit:
        return f"{zh}指向同一单位", f"the {en} names the same unit"
    if step is winner:
        return f"{zh}中有更具体的行", f"the {en} has a more specific row"
    winner_zh, winner_en = STEP_NAMES[winner]
    return f"此类案件先看{winner_zh}，后看{zh}", f"for this kind of case the {winner_en} goes before the {en}"
