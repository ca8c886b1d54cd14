import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { given, isRequired, isVisible, opened, type Form } from '../src/forms/form'
import { fieldAt, judged } from '../src/forms/judging'
import { WIDGET_NAMES } from './widgetNames'

const STANDARD = new URL('../../forms/standard/', import.meta.url)
const shipped = (key: string): Form => JSON.parse(readFileSync(new URL(`${key}.json`, STANDARD), 'utf8'))
const filing = shipped('filing')
const field = (form: Form, name: string) => form.layout.flat().find((each) => each.field === name)!

describe('a form', () => {
  it('begins with its defaults, then with what was kept', () => {
    const acceptance = shipped('acceptance')
    expect(opened(acceptance, null)).toEqual({ confirm_on_site: false })
    expect(opened(acceptance, { confirm_on_site: true })).toEqual({ confirm_on_site: true })
  })

  it('shows a field only while the answer it depends on is given', () => {
    expect(isVisible(filing, field(filing, 'condition'), {})).toBe(false)
    expect(isVisible(filing, field(filing, 'condition'), { decision: 'file' })).toBe(true)
    expect(isVisible(filing, field(filing, 'condition'), { decision: 'void' })).toBe(false)
  })

  it('asks for what the answers so far make necessary', () => {
    expect(isRequired(filing, 'decision', {})).toBe(true)
    expect(isRequired(filing, 'reason', {})).toBe(false)
    expect(isRequired(filing, 'reason', { decision: 'void' })).toBe(true)
    expect(isRequired(filing, 'condition', { decision: 'file' })).toBe(true)
  })

  it('sends neither what is hidden nor what was emptied', () => {
    const answers = { decision: 'void', condition: 'component-0101-01', reason: '重复', urgency: '' }
    expect(given(filing, answers)).toEqual({ decision: 'void', reason: '重复' })
    expect(given(filing, { decision: 'file', condition: ' ' })).toEqual({ decision: 'file' })
  })
})

describe('judging', () => {
  it('names what is missing in the language of the page', () => {
    expect(judged(filing, {}, 'zh')).toEqual({ decision: '必填' })
    expect(judged(filing, { decision: 'refuse' }, 'en')).toEqual({ reason: 'Required' })
  })

  it('finds nothing wrong with what the server would take', () => {
    expect(judged(filing, { decision: 'file', condition: 'component-0101-01', urgency: 'urgent' }, 'zh')).toEqual({})
  })

  it('says how long a text may be', () => {
    expect(judged(filing, { decision: 'void', reason: 'x'.repeat(2001) }, 'zh')).toEqual({ reason: '最多 2000 字' })
  })

  it('finds the field that the server speaks of', () => {
    expect(fieldAt('/data/reason', filing)).toBe('reason')
    expect(fieldAt('/photos/0', shipped('disposal'))).toBe('photos')
    expect(fieldAt('/data', filing)).toBeUndefined()
  })
})

describe('the shipped forms', () => {
  it.each(readdirSync(STANDARD).map((file) => file.replace('.json', '')))(
    '%s asks with widgets that there are',
    (key) => {
      const widgets = shipped(key)
        .layout.flat()
        .map((each) => each.widget)
      expect(widgets.filter((widget) => !WIDGET_NAMES.has(widget))).toEqual([])
    },
  )
})
