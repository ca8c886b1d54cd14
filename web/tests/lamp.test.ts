import { describe, expect, it } from 'vitest'
import { lampOf } from '../src/time/lamp'

const due = { warn_at: '2026-03-04T10:00:00+08:00', due_at: '2026-03-04T12:00:00+08:00' }
const at = (clock: string) => new Date(`2026-03-04T${clock}:00+08:00`)

describe('the lamp of a due time', () => {
  it.each([
    ['09:59', 'green'],
    ['10:00', 'yellow'],
    ['12:00', 'yellow'],
    ['12:01', 'red'],
  ])('at %s is %s', (clock, lamp) => expect(lampOf(due, at(clock))).toBe(lamp))

  it('is none when nothing is due', () => {
    expect(lampOf({ warn_at: null, due_at: null }, at('12:01'))).toBeNull()
  })

  it('is green until it is due where nothing warns', () => {
    expect(lampOf({ ...due, warn_at: null }, at('11:59'))).toBe('green')
  })
})
