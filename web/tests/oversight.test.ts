import { describe, expect, it } from 'vitest'
import { hotSpots, span, warmth, type ElementHeat } from '../src/board/heat'
import { period, strip, type CalendarDay } from '../src/cases/dayStrip'
import { gatherer, worst } from '../src/map/clusters'

const heat = (members: Partial<ElementHeat>): ElementHeat => ({
  passed: 0,
  done: 0,
  taken_seconds: null,
  bound: 0,
  late: 0,
  waiting: 0,
  waited_seconds: null,
  overdue: 0,
  faulted: 0,
  ...members,
})

describe('heat', () => {
  it.each([
    [{}, 'cold'],
    [{ waiting: 3 }, 'cool'],
    [{ waiting: 12 }, 'warm'],
    [{ waiting: 9, overdue: 1 }, 'warm'],
    [{ waiting: 3, overdue: 1 }, 'hot'],
    [{ faulted: 1 }, 'hot'],
  ] as const)('of %o is %s', (members, expected) => expect(warmth(heat(members))).toBe(expected))

  it('lists where cases wait first', () => {
    const spots = hotSpots({ a: heat({ passed: 9 }), b: heat({ done: 2 }), c: heat({ waiting: 1 }) })
    expect(spots.map(({ element }) => element)).toEqual(['c', 'b'])
  })

  it.each([
    [null, '—'],
    [20, '0 分'],
    [3_660, '1 时 1 分'],
    [93_600, '1 天 2 时'],
  ])('%s seconds are said as %s', (seconds, said) => expect(span(seconds, 'zh')).toBe(said))
})

describe('the days of a limit', () => {
  const [started, due] = ['2026-03-04T10:00:00+08:00', '2026-03-06T10:00:00+08:00']
  const now = new Date('2026-03-05T10:00:00+08:00')
  const day = (on: string, is_work_day = true) =>
    ({ on, is_work_day, kind: null, name_zh: '', name_en: '', windows: [], is_provisional: false }) as CalendarDay

  it('go from the start to the due time, or to today when that is later', () => {
    expect(period(started, due, now)).toEqual({ since: '2026-03-04', until: '2026-03-06' })
    expect(period(started, due, new Date('2026-03-07T10:00:00+08:00'))?.until).toBe('2026-03-07')
    expect(period(started, '2026-09-06T10:00:00+08:00', now)).toBeNull()
  })

  it('carry what falls on them', () => {
    const days = strip([day('2026-03-04'), day('2026-03-05', false), day('2026-03-06')], started, due, now)
    expect(days.map(({ marks, kind }) => [...marks, kind])).toEqual([
      ['started', 'work'],
      ['now', 'off'],
      ['due', 'work'],
    ])
  })
})

describe('dots on the map', () => {
  const dots = [
    { case: 1, lon: 122.07, lat: 46.08, lamp: 'red' },
    { case: 2, lon: 122.0701, lat: 46.08, lamp: 'green' },
    { case: 3, lon: 122.3, lat: 46.2, lamp: null },
  ]
  const world: [number, number, number, number] = [-180, -85, 180, 85]

  it('are gathered where they would cover each other, with what is late among them', () => {
    const found = gatherer(dots)(world, 12).sort((one, other) => other.count - one.count)
    expect(found.map(({ count, red, case: id }) => [count, red, id])).toEqual([
      [2, 1, undefined],
      [1, 0, 3],
    ])
    expect(found.map(worst)).toEqual(['red', 'green'])
    expect(found[0]!.opensAt).toBeGreaterThan(12)
  })

  it('fall apart when looked at closely', () => expect(gatherer(dots)(world, 18)).toHaveLength(3))
})
