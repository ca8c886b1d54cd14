import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { choicesOf, given, isRequired } from '../src/forms/form'
import { judged } from '../src/forms/judging'
import { fieldAtPointer, missingTexts } from '../src/designer/form/complete'
import {
  isRefusedUnless,
  requirementOf,
  withRefusal,
  withRequirement,
  withVisibility,
} from '../src/designer/form/conditions'
import {
  fieldNamed,
  fieldsOf,
  readDocument,
  schemaOf,
  withSchema,
  writtenDocument,
  type FormDocument,
} from '../src/designer/form/document'
import { FIELD_KINDS, freshField, furtherKeywords, turnedInto } from '../src/designer/form/kinds'
import { freeName, mayBeNamed, renamed, without } from '../src/designer/form/naming'
import { optionsOf, withOptions, withValue } from '../src/designer/form/options'
import { moved, placed } from '../src/designer/form/placing'
import { sampled } from '../src/designer/form/sample'
import { blankForm } from '../src/designer/blank'
import { WIDGET_NAMES } from './widgetNames'

const STANDARD = new URL('../../forms/standard/', import.meta.url)
const texts = readdirSync(STANDARD).map((name) => readFileSync(new URL(name, STANDARD), 'utf8'))
const shipped = (key: string): FormDocument => readDocument(readFileSync(new URL(`${key}.json`, STANDARD), 'utf8'))!

describe('a file', () => {
  it.each(texts)('is written as it was read', (text) => {
    expect(JSON.parse(writtenDocument(readDocument(text)!))).toEqual(JSON.parse(text))
  })

  it('keeps what nobody here has heard of', () => {
    const odd = {
      ...shipped('filing'),
      extra: { __proto__x: [1] },
      schema: { ...shipped('filing').schema, $defs: { a: {} } },
    }
    const written = JSON.parse(writtenDocument(renamed(odd, 'reason', 'why')))
    expect([written.extra, written.schema.$defs]).toEqual([odd.extra, { a: {} }])
  })

  it('is left to its text when writing it anew would lose something', () => {
    const text = writtenDocument(shipped('urging'))
    expect(readDocument(text.replace('"key"', '"key": "first",\n  "key"'))).toBeNull()
    expect(readDocument(text.replace('2000', '1.23456789012345678'))).toBeNull()
    expect(readDocument(text.replace('"layout": [', '"layout": 3, "x": ['))).toBeNull()
    expect(readDocument('{')).toBeNull()
  })

  it('begins with one field', () => {
    const blank = readDocument(blankForm('tree_check', '树木检查'))!
    expect(fieldsOf(blank).map(({ field }) => field)).toEqual(['note'])
    expect(missingTexts(blank)).toEqual([{ field: null, language: 'en' }])
  })
})

const row = (...names: string[]) => names.map((field) => ({ field, label: { zh: field, en: field }, widget: 'text' }))
const names = (layout: { field: string }[][]) => layout.map((each) => each.map(({ field }) => field).join('')).join(' ')
const layout = [row('a'), row('b', 'c'), row('d')]

describe('the layout', () => {
  it.each([
    ['a', 'up', 'a bc d'],
    ['a', 'down', 'bc a d'],
    ['d', 'up', 'a d bc'],
    ['d', 'down', 'a bc d'],
    ['b', 'up', 'a b c d'],
    ['b', 'down', 'a c b d'],
    ['b', 'right', 'a cb d'],
    ['c', 'left', 'a cb d'],
    ['b', 'left', 'ab c d'],
    ['c', 'right', 'a b cd'],
    ['a', 'left', 'a bc d'],
    ['d', 'right', 'a bc d'],
    ['d', 'left', 'a bcd'],
  ] as const)('lets %s go %s', (name, direction, after) => {
    expect(names(moved(layout, name, direction))).toBe(after)
  })

  it('lets a field be dropped between rows and beside others', () => {
    expect(names(placed(layout, 'a', { row: 3, column: null }))).toBe('bc d a')
    expect(names(placed(layout, 'a', { row: 1, column: 1 }))).toBe('bac d')
    expect(names(placed(layout, 'b', { row: 1, column: 0 }))).toBe('a bc d')
    expect(names(placed(layout, 'c', { row: 1, column: 0 }))).toBe('a cb d')
    expect(placed(layout, 'unknown', { row: 0, column: null })).toBe(layout)
  })
})

describe('conditions', () => {
  const filing = shipped('filing')

  it('are read from the rules that the shipped forms write', () => {
    expect(requirementOf(filing, 'decision')).toEqual({ how: 'always' })
    expect(requirementOf(filing, 'urgency')).toEqual({ how: 'never' })
    expect(requirementOf(filing, 'reason')).toEqual({
      how: 'when',
      condition: { field: 'decision', in: ['refuse', 'send_back', 'void'] },
    })
    expect(isRefusedUnless(filing, 'urgency', { field: 'decision', in: ['file'] })).toBe(true)
  })

  it('are left to the file where they say more than the editor can', () => {
    const rule = { anyOf: [{ required: ['urgency'] }], if: { not: {} }, then: { required: ['urgency'] } }
    const schema = { ...filing.schema, allOf: [...(filing.schema.allOf as object[]), rule] }
    const odd = { ...filing, schema }
    expect(requirementOf(odd, 'urgency')).toEqual({ how: 'elsewhere' })
    expect((withRequirement(odd, 'reason', { how: 'never' }).schema.allOf as object[]).at(-1)).toEqual(rule)
  })

  it('are written so that the renderer and its judge follow them', () => {
    const condition = { field: 'decision', in: ['void'] }
    const asked = withRequirement(filing, 'urgency', { how: 'when', condition })
    expect(isRequired(asked, 'urgency', { decision: 'void' })).toBe(true)
    expect(isRequired(asked, 'urgency', { decision: 'refuse' })).toBe(false)
    const back = withRequirement(asked, 'urgency', { how: 'never' })
    expect(back).toEqual(filing)
    expect(isRequired(withRequirement(filing, 'urgency', { how: 'always' }), 'urgency', {})).toBe(true)
  })

  it('of being shown take with them what hangs on it', () => {
    const condition = { field: 'decision', in: ['void'] }
    const changed = withVisibility(filing, 'reason', condition)
    expect(requirementOf(changed, 'reason')).toEqual({ how: 'when', condition })
    expect(isRefusedUnless(changed, 'reason', condition)).toBe(true)
    expect(judged(changed, { decision: 'refuse', reason: 'x' }, 'zh')).toEqual({})
    expect(judged(changed, { decision: 'void' }, 'zh')).toEqual({ reason: '必填' })
    const always = withVisibility(changed, 'reason', null)
    expect([requirementOf(always, 'reason'), fieldNamed(always, 'reason')!.visible_when]).toEqual([
      { how: 'always' },
      undefined,
    ])
  })

  it('of refusal leave nothing behind when they are taken away', () => {
    const condition = { field: 'decision', in: ['file'] }
    const changed = withRefusal(withRefusal(filing, 'reason', condition, true), 'reason', condition, false)
    expect(changed).toEqual(filing)
  })
})

describe('names', () => {
  const visit = shipped('return_visit')

  it('change wherever the form speaks of the field', () => {
    const text = writtenDocument(renamed(visit, 'decision', 'outcome'))
    expect(text).not.toContain('"decision"')
    expect(renamed(renamed(visit, 'decision', 'outcome'), 'outcome', 'decision')).toEqual(visit)
    expect(mayBeNamed(visit, 'reason')).toBe(false)
    expect(mayBeNamed(visit, ' ')).toBe(false)
    expect(mayBeNamed(visit, 'constructor')).toBe(true)
    expect(freeName(visit, 'text')).toBe('text_1')
  })

  it('go with all that hung on them', () => {
    const left = without(visit, 'decision')
    expect(writtenDocument(left)).not.toContain('"decision"')
    expect(fieldNamed(left, 'reason')!.visible_when).toBeUndefined()
    expect(requirementOf(left, 'reason')).toEqual({ how: 'never' })
    expect(requirementOf(left, 'satisfaction').how).toBe('when')
  })
})

describe('options', () => {
  const filing = shipped('filing')

  it('stand in the order of the schema', () => {
    const satisfaction = fieldNamed(shipped('return_visit'), 'satisfaction')!
    const values = choicesOf(satisfaction, schemaOf(shipped('return_visit'), 'satisfaction')).map(({ value }) => value)
    expect(values).toEqual(['5', '4', '3', '2', '1'])
  })

  it('change in the schema and in the layout at once', () => {
    const fewer = withOptions(filing, 'urgency', optionsOf(filing, 'urgency').slice(1))
    expect(schemaOf(fewer, 'urgency').enum).toEqual(['urgent', 'critical'])
    expect(Object.keys(fieldNamed(fewer, 'urgency')!.options!)).toEqual(['urgent', 'critical'])
    const preset = withSchema(filing, 'urgency', { default: 'normal' })
    expect(schemaOf(withOptions(preset, 'urgency', optionsOf(fewer, 'urgency')), 'urgency').default).toBeUndefined()
  })

  it('change their value also where others wait for it', () => {
    const changed = withValue(filing, 'decision', 'file', 'open')
    expect(fieldNamed(changed, 'condition')!.visible_when!.in).toEqual(['open'])
    expect(requirementOf(changed, 'condition').condition!.in).toEqual(['open'])
  })
})

describe('kinds', () => {
  it('are those that tasks can show', () => {
    expect([...FIELD_KINDS].sort()).toEqual([...WIDGET_NAMES].sort())
  })

  it('turn into each other without losing what both can hold', () => {
    const filing = shipped('filing')
    const urgency = fieldNamed(filing, 'urgency')!
    const [several, schema] = turnedInto('multi_select', urgency, schemaOf(filing, 'urgency'))
    expect([several.options, schema.items?.enum]).toEqual([urgency.options, ['normal', 'urgent', 'critical']])
    expect(turnedInto('select', several, schema)[1]).toEqual({ type: 'string', enum: ['normal', 'urgent', 'critical'] })
    const reason = fieldNamed(filing, 'reason')!
    expect(turnedInto('text', reason, schemaOf(filing, 'reason'))[1]).toEqual(schemaOf(filing, 'reason'))
    expect(turnedInto('number', reason, schemaOf(filing, 'reason'))[1]).toEqual({ type: 'number' })
    expect(turnedInto('text', urgency, schemaOf(filing, 'urgency'))[0].options).toBeUndefined()
  })

  it('say what the panel does not show', () => {
    expect(furtherKeywords('number', schemaOf(shipped('extension_request'), 'amount'))).toEqual(['exclusiveMinimum'])
    for (const kind of FIELD_KINDS)
      expect(furtherKeywords(kind, freshField(kind, 'a', { zh: '', en: '' })[1])).toEqual([])
  })
})

describe('what is said of a form', () => {
  it('finds texts that lack a language', () => {
    const filing = shipped('filing')
    expect(missingTexts(filing)).toEqual([])
    const changed = withOptions(filing, 'urgency', [{ value: 'a', label: { zh: '甲', en: ' ' } }])
    expect(missingTexts(changed)).toEqual([{ field: 'urgency', language: 'en' }])
  })

  it('stands at the field that the pointer means', () => {
    const filing = shipped('filing')
    expect(fieldAtPointer(filing, '/layout/1/0/widget')).toBe(filing.layout[1]![0]!.field)
    expect(fieldAtPointer(filing, '/schema/properties/reason/pattern')).toBe('reason')
    expect(fieldAtPointer(filing, '/schema/allOf/0')).toBeNull()
    expect(fieldAtPointer(filing, '')).toBeNull()
  })

  it.each(texts)('has samples that its own judge takes', (text) => {
    const form = readDocument(text)!
    const answers = sampled(form, new Date('2026-07-01T00:00:00Z'))
    const missing = Object.keys(judged(form, given(form, answers), 'en'))
    const widgets = missing.map((name) => fieldNamed(form, name)!.widget)
    expect(widgets.filter((widget) => !['unit', 'condition', 'photos', 'subcategory'].includes(widget))).toEqual([])
  })
})
