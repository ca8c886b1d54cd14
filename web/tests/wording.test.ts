import { describe, expect, it } from 'vitest'
import { ago, exact, remaining, said } from '../src/time/wording'

const now = new Date(2026, 2, 4, 15, 20)
const at = (day: number, hours = 9, minutes = 5) => new Date(2026, 2, day, hours, minutes)

describe('a moment', () => {
  it.each([
    [at(4), '今天 09:05', 'today 09:05'],
    [at(3, 23, 59), '昨天 23:59', 'yesterday 23:59'],
    [at(5, 0, 0), '明天 00:00', 'tomorrow 00:00'],
    [at(1), '3月1日 09:05', '1 Mar 09:05'],
    [new Date(2025, 11, 31, 8), '2025年12月31日', '31 Dec 2025'],
  ])('%s is said as people say it', (moment, zh, en) => {
    expect(said(moment, now, 'zh')).toBe(zh)
    expect(said(moment, now, 'en')).toBe(en)
  })

  it('is exact to the second where it must be', () => {
    expect(exact(new Date(2026, 0, 2, 3, 4, 5))).toBe('2026-01-02 03:04:05')
  })
})

describe('a span', () => {
  it.each([
    [0, '刚刚', 'just now'],
    [59 * 60_000, '59 分钟前', '59 minutes ago'],
    [60 * 60_000, '1 小时前', '1 hour ago'],
    [49 * 3_600_000, '2 天前', '2 days ago'],
  ])('of %i ms ago', (passed, zh, en) => {
    const moment = new Date(now.getTime() - passed)
    expect(ago(moment, now, 'zh')).toBe(zh)
    expect(ago(moment, now, 'en')).toBe(en)
  })

  it('that is left, and one that is over', () => {
    expect(remaining(new Date(now.getTime() + 25 * 60_000), now, 'zh')).toBe('剩 25 分钟')
    expect(remaining(new Date(now.getTime() - 26 * 3_600_000), now, 'zh')).toBe('超 1 天')
    expect(remaining(new Date(now.getTime() - 10_000), now, 'en')).toBe('1 minute over')
  })
})
