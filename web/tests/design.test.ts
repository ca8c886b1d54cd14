import { describe, expect, it } from 'vitest'
import {
  declarationsOf,
  fieldsOf,
  waysOutOf,
  withAttribute,
  withPair,
  PROPERTIES,
} from '../src/designer/diagram/declared'
import { ranked, signsOf, wayOf } from '../src/designer/diagram/marks'
import type { Declared, Shape, Written } from '../src/designer/diagram/modeler'
import { narrowed, stateOf, type Summary } from '../src/designer/library'
import type { Finding } from '../src/designer/definitions'
import { boundIn, half, withBound, withTemplate, type Template } from '../src/designer/diagram/templates'
import { answerStep, arrivalStep, objectIn } from '../src/designer/dryRunSteps'
import { placeOf, usedThings } from '../src/designer/uses'

const summary = (key: string, changes: Partial<Summary> = {}): Summary => ({
  key,
  name: `流程 ${key}`,
  name_en: `Process ${key}`,
  number: 1,
  version_tag: null,
  published_at: '2026-07-01T00:00:00Z',
  published_by: 'user:1',
  published_by_name: '白塔娜',
  open_instances: 0,
  begins_at: null,
  draft_version: 1,
  draft_editor: 'user:1',
  draft_editor_name: '白塔娜',
  draft_edited_at: '2026-06-30T00:00:00Z',
  has_changes: false,
  ...changes,
})

describe('the library', () => {
  it('tells what is ahead of what cases run on', () => {
    expect(stateOf(summary('a'))).toBe('published')
    expect(stateOf(summary('a', { has_changes: true }))).toBe('changed')
    expect(stateOf(summary('a', { number: null, published_at: null }))).toBe('draft')
  })

  it('finds names and keys, and shows first what waits to be published', () => {
    const all = [summary('a'), summary('b', { has_changes: true }), summary('c')]
    expect(narrowed(all, '').map(({ key }) => key)).toEqual(['b', 'a', 'c'])
    expect(narrowed(all, ' 流程 C ').map(({ key }) => key)).toEqual(['c'])
    expect(narrowed(all, 'process c').map(({ key }) => key)).toEqual(['c'])
  })
})

const make = (kind: string, attributes: object): Declared => ({ $type: kind, ...attributes })
const element = (values: Declared[]): Written => ({
  id: 'dispose',
  $type: 'bpmn:UserTask',
  extensionElements: { values },
})

describe('what an element declares', () => {
  const values = [
    make('zeebe:UserTask', {}),
    make('zeebe:AssignmentDefinition', { candidateGroups: 'clerk', assignee: 'user:7' }),
    make('zeebe:Properties', {
      properties: [
        make('zeebe:Property', { name: 'own', value: 'kept' }),
        make('zeebe:Property', { name: 'stage', value: 'disposal' }),
      ],
    }),
  ]

  it('is read', () => {
    const { groups, form, properties } = declarationsOf(element(values))
    expect([groups, form, properties]).toEqual(['clerk', '', { own: 'kept', stage: 'disposal' }])
  })

  it('is set and taken away without touching its neighbours', () => {
    const set = withPair(withAttribute(values, 'form', 'disposal', make), PROPERTIES, 'deadline', 'disposal', make)
    expect(set.map(({ $type }) => $type)).toEqual([...values.map(({ $type }) => $type), 'zeebe:FormDefinition'])
    expect(declarationsOf(element(set)).properties).toEqual({ own: 'kept', stage: 'disposal', deadline: 'disposal' })
    const cleared = withPair(withAttribute(set, 'groups', '', make), PROPERTIES, 'stage', '', make)
    expect(cleared.find(({ $type }) => $type === 'zeebe:AssignmentDefinition')?.assignee).toBe('user:7')
    expect(declarationsOf(element(cleared)).properties).toEqual({ own: 'kept', deadline: 'disposal' })
  })

  it('leaves no empty element behind', () => {
    const only = [make('zeebe:Properties', { properties: [make('zeebe:Property', { name: 'stage', value: 'a' })] })]
    expect(withPair(only, PROPERTIES, 'stage', '', make)).toEqual([])
    expect(withAttribute([make('zeebe:FormDefinition', { formId: 'a' })], 'form', '', make)).toEqual([])
    expect(withPair([], PROPERTIES, 'stage', '', make)).toEqual([])
  })

  it('is asked for by the kind of element', () => {
    expect(fieldsOf('bpmn:UserTask')).toContain('separateFrom')
    expect(fieldsOf('bpmn:ExclusiveGateway')).toEqual([])
  })

  it('names the ways out of a question with their conditions', () => {
    const flow = { id: 'yes', $type: 'bpmn:SequenceFlow', name: '是', conditionExpression: { body: '= a > 1' } }
    const other = { id: 'no', $type: 'bpmn:SequenceFlow', targetRef: { id: 'end', name: '' } }
    const gateway = { id: 'ask', $type: 'bpmn:ExclusiveGateway', outgoing: [flow, other], default: other }
    const shape: Shape = { id: 'ask', type: 'bpmn:ExclusiveGateway', businessObject: gateway }
    expect(waysOutOf(shape)).toEqual([
      { id: 'yes', name: '是', to: '', condition: 'a > 1', isDefault: false },
      { id: 'no', name: '', to: 'end', condition: '', isDefault: true },
    ])
  })
})

const finding = (severity: string, on: string | null, line = 1): Finding => ({
  rule: 'flow.dangling',
  severity,
  element: on,
  line,
  row: null,
  message_zh: `${severity} ${line}`,
  message_en: '',
  fix_zh: '',
  fix_en: '',
  path: [],
  subject: '',
  repair: [],
})

describe('findings on the diagram', () => {
  const all = [finding('note', 'a'), finding('error', 'a', 9), finding('warning', 'b'), finding('error', null, 2)]

  it('come in the order of what matters', () => {
    expect(ranked(all).map(({ severity, line }) => `${severity} ${line}`)).toEqual([
      'error 2',
      'error 9',
      'warning 1',
      'note 1',
    ])
  })

  it('are counted on their element in the colour of the worst', () => {
    expect(signsOf(all, ({ message_zh }) => message_zh)).toEqual([
      { element: 'a', text: '2', mark: 'error', title: 'error 9\nnote 1' },
      { element: 'b', text: '1', mark: 'warning', title: 'warning 1' },
    ])
  })

  it('show a way with its steps counted on nodes only', () => {
    const { marks, signs } = wayOf(['start', 'flow', 'end'], (id) => id !== 'flow')
    expect(marks.map(({ element: each }) => each)).toEqual(['start', 'flow', 'end'])
    expect(signs.map(({ element: each, text }) => `${each} ${text}`)).toEqual(['start 1', 'end 2'])
  })
})

describe('what a definition uses', () => {
  const use = (kind: string, key: string, element: string) => ({ kind, key, element, binding: 'latest', tag: '' })

  it('is told once, with every element that names it', () => {
    const uses = [use('form', 'filing', 'file'), use('limit', '15 minute', 'file'), use('form', 'filing', 'refile')]
    expect(usedThings(uses)).toEqual([
      { kind: 'form', things: [{ key: 'filing', elements: ['file', 'refile'] }] },
      { kind: 'limit', things: [{ key: '15 minute', elements: ['file'] }] },
    ])
  })

  it('leads to where it is edited, if it is a definition', () => {
    expect(placeOf('form', 'filing')).toBe('/design/forms/filing')
    expect(placeOf('topic', 'department')).toBeNull()
  })
})

describe('the template of an outside system', () => {
  const header = (key: string) => ({ type: 'zeebe:taskHeader', key }) as const
  const template = (name: string): Template => ({
    id: `guiliu.connector.${name}`,
    name,
    description: '',
    properties: [
      { type: 'Hidden', value: name, binding: header('target') },
      { type: 'String', binding: { type: 'zeebe:taskDefinition', property: 'type' } },
      { type: 'Dropdown', value: 'POST', binding: header('method') },
    ],
  })
  const [sewers, lamps] = [template('sewers'), template('lamps')]
  const read = (values: Declared[], key: string) => boundIn(values, header(key))

  it('writes what is hidden and what is usual', () => {
    const values = withTemplate([], sewers, undefined, make)
    expect([read(values, 'target'), read(values, 'method')]).toEqual(['sewers', 'POST'])
  })

  it('keeps what people filled in when another system is chosen, or none', () => {
    const asked = withBound(withTemplate([], sewers, undefined, make), header('method'), 'PUT', make)
    const topic = { type: 'zeebe:taskDefinition', property: 'type' } as const
    const moved = withTemplate(withBound(asked, topic, 'report', make), lamps, sewers, make)
    expect([read(moved, 'target'), read(moved, 'method'), boundIn(moved, topic)]).toEqual(['lamps', 'PUT', 'report'])
    const left = withTemplate(moved, undefined, lamps, make)
    expect([read(left, 'target'), boundIn(left, topic)]).toEqual(['', 'report'])
  })

  it('says one text in two languages', () => {
    expect([half('路径 / path', 'zh'), half('路径 / path', 'en'), half('POST', 'en')]).toEqual(['路径', 'path', 'POST'])
  })
})

describe('a step of a dry run', () => {
  it('answers for an outside system, with values, a code or nothing in time', () => {
    expect(answerStep('tell', 'result', '', '{"ok": true}')).toEqual({ answer: 'tell', result: { ok: true } })
    expect(answerStep('tell', 'error', 'not_found', '')).toEqual({ answer: 'tell', error: 'not_found' })
    expect(answerStep('tell', 'failure', 'timeout', '')).toEqual({ answer: 'tell', failure: 'timeout' })
  })

  it('lets what is waited for come', () => {
    const awaited = { instance: 1, element: 'heard', attached_to: '', name: 'reply', key: '7' }
    expect(arrivalStep({ ...awaited, kind: 'message' }, '')).toEqual({ message: 'reply', key: '7' })
    const signal = arrivalStep({ ...awaited, kind: 'signal' }, '{"by": "sewers"}')
    expect(signal).toEqual({ signal: 'reply', variables: { by: 'sewers' } })
  })

  it('takes objects only', () => {
    expect([objectIn(' '), objectIn('{"a": 1}'), objectIn('[1]'), objectIn('{a')]).toEqual([{}, { a: 1 }, null, null])
  })
})
