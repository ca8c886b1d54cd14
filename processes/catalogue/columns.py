"""The columns of a catalogue sheet, for reading and writing."""

from __future__ import annotations

from processes.sheets import Column

KIND = Column("kind", "类型", True, ("类别",))
CLASS_CODE = Column("class_code", "大类代码", True, ("大类编码",))
CLASS_NAME = Column("class_name", "大类名称", True, ("大类",))
CLASS_NAME_EN = Column("class_name_en", "大类英文名称")
SUB_CODE = Column("sub_code", "小类代码", True, ("小类编码",))
SUB_NAME = Column("sub_name", "小类名称", True, ("小类",))
SUB_NAME_EN = Column("sub_name_en", "小类英文名称")
ALIASES = Column("aliases", "小类别名")
UNIT_TYPES = Column("unit_types", "责任单位类型", False, ("department", "责任单位", "责任主体", "处置单位"))
CONDITION_NO = Column("condition_no", "条件序号")
FILING_CONDITION = Column("filing_condition", "立案条件", True)
LIMIT_CLASS = Column("limit_class", "管理类别")
AREA_CLASS = Column("area_class", "区域类别")
SEASON = Column("season", "季节", False, ("适用季节",))
MILESTONE = Column("milestone", "节点")
LIMIT_VALUE = Column("limit_value", "处置时限", True, ("时限",))
LIMIT_UNIT = Column("limit_unit", "时限单位", False, ("计时单位",))
CLOSING_CONDITION = Column("closing_condition", "结案条件", True)
EVIDENCE = Column("evidence", "取证要求")
HINTS = Column("hints", "采集要求")
LEGAL_BASIS = Column("legal_basis", "法律依据")
SOURCE = Column("source", "来源")

CATALOGUE_COLUMNS = (
    KIND,
    CLASS_CODE,
    CLASS_NAME,
    CLASS_NAME_EN,
    SUB_CODE,
    SUB_NAME,
    SUB_NAME_EN,
    ALIASES,
    UNIT_TYPES,
    CONDITION_NO,
    FILING_CONDITION,
    LIMIT_CLASS,
    AREA_CLASS,
    SEASON,
    MILESTONE,
    LIMIT_VALUE,
    LIMIT_UNIT,
    CLOSING_CONDITION,
    EVIDENCE,
    HINTS,
    LEGAL_BASIS,
    SOURCE,
)
