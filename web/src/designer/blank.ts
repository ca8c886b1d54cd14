import { englishNameOf } from '../diagrams/english'
import type { Form } from '../forms/form'
import type { Kind } from './library'

/** New files, and what a file calls itself. Pure but for the browser's reader of XML. */
const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL'
const BPMN_DI = 'http://www.omg.org/spec/BPMN/20100524/DI'

/** Text that may stand in an attribute. */
const quoted = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A diagram that begins, asks somebody, and ends. */
export function blankProcess(key: string, name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="${BPMN}" xmlns:bpmndi="${BPMN_DI}" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="${key}_definitions" targetNamespace="http://guiliu.city/bpmn">
  <bpmn:process id="${key}" name="${quoted(name)}" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>begin</bpmn:outgoing></bpmn:startEvent>
    <bpmn:endEvent id="end"><bpmn:incoming>begin</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="begin" sourceRef="start" targetRef="end" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="${key}">
      <bpmndi:BPMNShape id="start_di" bpmnElement="start"><dc:Bounds x="160" y="160" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="end_di" bpmnElement="end"><dc:Bounds x="420" y="160" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="begin_di" bpmnElement="begin"><di:waypoint x="196" y="178" /><di:waypoint x="420" y="178" /></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`
}

/** A model with one decision: a table with one column to ask and one to answer. */
export function blankDecision(key: string, name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="${key}" name="${quoted(name)}" namespace="http://guiliu.city/dmn">
  <decision id="${key}_decision" name="${quoted(name)}">
    <variable id="${key}_variable" name="${key}_decision" typeRef="string" />
    <decisionTable id="${key}_table" hitPolicy="UNIQUE">
      <input id="${key}_input"><inputExpression id="${key}_asked" typeRef="string"><text></text></inputExpression></input>
      <output id="${key}_output" name="${key}_decision" typeRef="string" />
    </decisionTable>
  </decision>
  <dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="${key}_decision"><dc:Bounds x="160" y="120" width="180" height="80" /></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
</definitions>
`
}

/** A form that asks for one thing. */
export function blankForm(key: string, name: string): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { note: { type: 'string', maxLength: 2000 } },
    additionalProperties: false,
  }
  const note = { field: 'note', label: { zh: '备注', en: 'Note' }, widget: 'text_area' }
  return `${JSON.stringify({ key, title: { zh: name, en: '' }, schema, layout: [[note]] }, null, 2)}\n`
}

/** What a new definition of each kind begins with. */
export const BLANK: Record<Kind, (key: string, name: string) => string> = {
  processes: blankProcess,
  decisions: blankDecision,
  forms: blankForm,
}

export interface Called {
  key: string
  name: string
  /** Empty where it does not say. */
  name_en: string
}

/** What a file of another tool calls itself; nothing when it is no such file. */
export function calledIn(source: string, kind: Kind): Called | null {
  return kind === 'forms' ? calledInForm(source) : calledInDrawing(source, kind)
}

function calledInForm(source: string): Called | null {
  try {
    const { key, title } = JSON.parse(source) as Partial<Form>
    return typeof key === 'string' ? { key, name: title?.zh ?? key, name_en: title?.en ?? '' } : null
  } catch {
    return null
  }
}

function calledInDrawing(source: string, kind: Exclude<Kind, 'forms'>): Called | null {
  const read = new DOMParser().parseFromString(source, 'application/xml')
  const root = read.documentElement
  if (root.localName !== 'definitions') return null
  const drawn = kind === 'decisions' ? root : read.getElementsByTagNameNS(BPMN, 'process')[0]
  if (!drawn?.id || (kind === 'decisions') === (root.namespaceURI === BPMN)) return null
  return { key: drawn.id, name: drawn.getAttribute('name') ?? drawn.id, name_en: englishNameOf(drawn) }
}

/** Whether a diagram says where its elements are drawn. */
export function isLaidOut(source: string): boolean {
  return source.includes(BPMN_DI) && /BPMNShape/.test(source)
}
