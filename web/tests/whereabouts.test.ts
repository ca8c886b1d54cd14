import { describe, expect, it } from 'vitest'
import { callsOf, wayTo, whereItWaits, type Instance } from '../src/cases/whereabouts'

const instance = (name: string, caller: string | null, is_open: boolean, caller_element: string | null): Instance => ({
  instance: name,
  definition_key: name,
  definition_sha: name,
  name,
  name_en: name,
  caller,
  caller_element,
  is_open,
  source: '',
  passed: {},
  waiting: {},
  faulted: {},
})

const frame = instance('1', null, true, null)
const filing = instance('2', '1', false, 'filing')
const first = instance('3', '1', false, 'disposal')
const again = instance('4', '1', true, 'disposal')
const inner = instance('5', '4', true, 'survey')
const procedure = instance('6', null, true, null)
const all = [frame, filing, first, again, inner, procedure]

describe('where a case is on its diagrams', () => {
  it('waits in the diagram that was called last of all', () => {
    expect(whereItWaits(all)).toBe(inner)
    expect(whereItWaits([frame, filing])).toBe(frame)
    expect(whereItWaits([])).toBeUndefined()
  })

  it('has a way there from the outermost diagram', () => {
    expect(wayTo(inner, all)).toEqual([frame, again, inner])
    expect(wayTo(procedure, all)).toEqual([procedure])
  })

  it('shows of a call that was repeated the instance that began last', () => {
    expect(callsOf(frame, all)).toEqual([filing, again])
  })
})
