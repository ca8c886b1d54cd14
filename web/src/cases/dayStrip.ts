import type { Schemas } from '../api/client'

/** The days that a time limit runs over, as a strip. Pure. */
export type CalendarDay = Schemas['CalendarDay']

export interface StripDay {
  on: string
  label: string
  kind: 'work' | 'off'
  name: { zh: string; en: string }
  marks: ('started' | 'now' | 'due')[]
}

const MOST = 31
const DAY = 86_400_000

/** Which days to ask for: from the start to the due time or today, whichever is later; `null` when it is none or too many. */
export function period(started: string, due: string, now: Date): { since: string; until: string } | null {
  const since = dateOf(new Date(started))
  const last = Math.max(Date.parse(due), Math.min(now.getTime(), Date.parse(due) + 7 * DAY))
  const until = dateOf(new Date(last))
  const days = (Date.parse(until) - Date.parse(since)) / DAY
  return days >= 0 && days < MOST ? { since, until } : null
}

/** Each day with what falls on it. */
export function strip(days: readonly CalendarDay[], started: string, due: string, now: Date): StripDay[] {
  const marks = { started: dateOf(new Date(started)), now: dateOf(now), due: dateOf(new Date(due)) }
  return days.map(({ on, is_work_day, name_zh, name_en }) => ({
    on,
    label: on.slice(8).replace(/^0/, ''),
    kind: is_work_day ? 'work' : 'off',
    name: { zh: name_zh, en: name_en },
    marks: (['started', 'now', 'due'] as const).filter((mark) => marks[mark] === on),
  }))
}

/** The date of a moment where the page is, such as 2026-03-04. */
export function dateOf(at: Date): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
