"""Rules about the file and what is in it at all."""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition import Severity
from engine.spiff.rules.rule import Rule

DOCUMENT_RULES: Mapping[str, Rule] = {
    "document.too_large": Rule(
        "文件有 {size} 字节，超过上限 {limit} 字节。",
        "The file has {size} bytes; the limit is {limit}.",
        "请把流程拆成几张图。",
        "Split the process into several diagrams.",
    ),
    "document.encoding": Rule(
        "文件不是可识别的文字编码：{detail}。",
        "The file is not text in a known encoding: {detail}.",
        "请以 UTF-8 保存文件。",
        "Save the file as UTF-8.",
    ),
    "document.doctype": Rule(
        "文件含有 DOCTYPE 声明，出于安全一律拒收。",
        "The file has a DOCTYPE, which is never accepted.",
        "请删除 DOCTYPE 及其中的实体定义。",
        "Delete the DOCTYPE and the entities in it.",
    ),
    "document.malformed": Rule(
        "文件不是有效的 XML：{detail}。",
        "The file is not well-formed XML: {detail}.",
        "请用 BPMN 编辑器重新导出。",
        "Export it again from a BPMN editor.",
    ),
    "document.too_deep": Rule(
        "XML 嵌套超过 {limit} 层。",
        "XML elements are nested more than {limit} deep.",
    ),
    "document.not_bpmn": Rule(
        "文件的根元素是 {root}，不是 BPMN 2.0 的 definitions。",
        "The root element is {root}, not the definitions of BPMN 2.0.",
        "请上传 BPMN 2.0 文件（.bpmn）。",
        "Upload a BPMN 2.0 file (.bpmn).",
    ),
    "document.too_many_elements": Rule(
        "图中有 {count} 个节点和顺序流，超过上限 {limit} 个。",
        "The diagram has {count} nodes and flows; the limit is {limit}.",
        "请把流程拆成几张图。",
        "Split the process into several diagrams.",
    ),
    "document.too_much_expression": Rule(
        "图中的表达式共有 {count} 个字符，超过上限 {limit} 个。",
        "The expressions of the diagram have {count} characters; the limit is {limit}.",
        "请把计算移到决策表。",
        "Move computations to decision tables.",
    ),
    "process.missing": Rule(
        "文件里没有流程（process）。",
        "There is no process in the file.",
        "请画一个流程并设为可执行。",
        "Draw a process and mark it executable.",
    ),
    "process.several": Rule(
        "文件里有多个可执行流程：{ids}。",
        "The file has several executable processes: {ids}.",
        "请导入这个文件或用 guiliu deploy 部署：至多 {limit} 个可执行的池各成一个流程；或只保留一个可执行流程。",
        "Import it or deploy it with guiliu deploy, which make a process of each of up to {limit} executable pools; or "
        "keep one executable process.",
    ),
    "process.not_executable": Rule(
        "流程没有标为可执行（isExecutable）。",
        "The process is not marked executable (isExecutable).",
        "请在流程属性里勾选“可执行”。",
        'Set isExecutable="true" on the process.',
    ),
    "process.ignored": Rule(
        "流程 {id} 不可执行，仅作说明，不会运行。",
        "Process {id} is not executable; it is documentation only.",
        severity=Severity.NOTE,
    ),
    "id.missing": Rule(
        "{tag} 没有 id。",
        "A {tag} has no id.",
        "请给每个节点和顺序流一个 id。",
        "Give every node and sequence flow an id.",
    ),
    "id.duplicate": Rule(
        "id“{id}”在第 {lines} 行重复使用。",
        'The id "{id}" is used more than once, in lines {lines}.',
        "每个 id 只能用一次，请改名。",
        "Use each id once; rename the others.",
    ),
    "id.malformed": Rule(
        "“{id}”不能作 id：要以字母、汉字或下划线开头，不含空格与冒号，最多 {limit} 个字符。",
        '"{id}" cannot be an id: it must be an XML NCName of at most {limit} characters.',
    ),
    "element.unsupported": Rule(
        "{name_zh}暂不支持执行。",
        "{name_en} cannot be executed here.",
        "{advice_zh}",
        "{advice_en}",
    ),
    "element.ignored": Rule(
        "{tag} 仅作说明，不影响执行。",
        "A {tag} is documentation only; it does not change execution.",
        severity=Severity.NOTE,
    ),
    "element.misplaced": Rule(
        "{tag} 写在 {around} 里，标准在那里没有它的位置，不会执行。",
        "A {tag} stands inside a {around}, where the standard has no place for it: it would not be executed.",
        "请把它放进流程或子流程。",
        "Put it into the process or a sub-process.",
    ),
    "reference.dangling": Rule(
        "{tag} 的 {attribute} 引用“{reference}”，文件里没有这样的元素。",
        'The {attribute} of the {tag} names "{reference}", and the file has no such element of the right kind.',
        "请改正引用，或删除它。",
        "Correct the reference, or delete it.",
    ),
    "lane.several": Rule(
        "节点同时列在几个泳道里：{lanes}。",
        "The element lies in several lanes: {lanes}.",
        "请只列在一个泳道里。",
        "Let it lie in one of them.",
    ),
    "attribute.unsupported": Rule(
        '属性 {attribute}="{value}" 不支持。',
        'The attribute {attribute}="{value}" is not supported.',
        "请删除该属性。",
        "Delete the attribute.",
    ),
    "definition.unresolved": Rule(
        "没有事件定义“{reference}”。",
        'There is no event definition "{reference}".',
        "请把事件定义直接写在事件里，或写在文件的根上。",
        "Write the event definition inside the event, or at the root of the file.",
    ),
    "extension.foreign": Rule(
        "{name} 是另一种引擎的扩展，在这里不会执行。",
        "{name} is an extension of another engine and would not be executed here.",
        "{advice_zh}",
        "{advice_en}",
    ),
    "extension.unsupported": Rule(
        "扩展 {name} 在这里不支持。",
        "The extension {name} is not supported here.",
        "请删除它。",
        "Delete it.",
    ),
    "extension.ignored": Rule(
        "扩展 {name} 不影响执行，已忽略。",
        "The extension {name} does not change execution and is ignored.",
        severity=Severity.NOTE,
    ),
    "diagram.missing": Rule(
        "文件没有图形信息，发布时会自动排版。",
        "The file has no diagram interchange; it is laid out when it is published.",
        "要自己排版，请用编辑器打开并保存。",
        "To lay it out yourself, open it in an editor and save.",
        severity=Severity.NOTE,
    ),
}
