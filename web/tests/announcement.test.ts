import { describe, expect, it } from 'vitest'
import { daysIn, namesKnown, yearToCome } from '../src/designer/reach/announcement'
import type { CalendarRows } from '../src/designer/reach/rows'

const holiday = {
  kind: 'holiday',
  begins: '2026-10-01',
  ends: '2026-10-07',
  name_zh: '国庆节',
  name_en: 'National Day',
}
const rows = {
  announced_years: [{ year: 2026, source: '样例', days: [holiday] }],
  fixed_holidays: [{ on: '01-01', name_zh: '元旦', name_en: "New Year's Day" }],
} as unknown as CalendarRows
const known = namesKnown(rows)

describe('the arrangement of a year, line by line', () => {
  it('reads dates, spans and days worked instead, and calls them in English as before', () => {
    const text = '  10-01..10-07 国庆节\n\n2026-12-31至2027-01-02 元旦\n10-10 国庆节调休上班\n'
    expect(daysIn(text, 2027, known)).toEqual([
      { kind: 'holiday', begins: '2026-12-31', ends: '2027-01-02', name_zh: '元旦', name_en: "New Year's Day" },
      { kind: 'holiday', begins: '2027-10-01', ends: '2027-10-07', name_zh: '国庆节', name_en: 'National Day' },
      {
        kind: 'make_up_work_day',
        begins: '2027-10-10',
        ends: '2027-10-10',
        name_zh: '国庆节调休上班',
        name_en: 'make-up work day for National Day',
      },
    ])
  })

  it('takes an English name that is written beside, and the Chinese one where none is known', () => {
    const told = daysIn('05-04 青年节 / Youth Day\n06-01 儿童节\n06-07 儿童节补班', 2027, known)
    expect(told).toMatchObject([{ name_en: 'Youth Day' }, { name_en: '儿童节' }, { name_en: '儿童节补班' }])
  })

  it('reads what is written in English as well', () => {
    const told = daysIn('10-01..10-07 National Day\n10-10 make-up work day', 2027, known)
    expect(told).toMatchObject([
      { kind: 'holiday', name_zh: 'National Day' },
      { kind: 'make_up_work_day', name_en: 'make-up work day' },
    ])
  })

  it.each([
    ['10-01..10-07 国庆节\n十月十日 上班', 2],
    ['02-30 不存在的一天', 1],
    ['10-07..10-01 倒过来', 1],
    ['\n\n10-01', 3],
    ['10-01 / National Day', 1],
  ])('names the line that it does not understand: %j', (text, line) => {
    expect(daysIn(text, 2027, known)).toBe(line)
  })

  it('proposes the year after the last announced one, never one that has passed', () => {
    expect(yearToCome(rows, new Date('2026-11-26'))).toBe(2027)
    expect(yearToCome({ ...rows, announced_years: [] }, new Date('2026-11-26'))).toBe(2026)
    expect(yearToCome(rows, new Date('2030-06-01'))).toBe(2030)
  })
})
