import type { Schemas } from '../api/client'

/** How warm the elements of a diagram are. Pure. */
export type ElementHeat = Schemas['ElementHeat']

export type Warmth = 'cold' | 'cool' | 'warm' | 'hot'

const HOT_SHARE = 0.3
const WARM_SHARE = 0.1
const MANY = 10

/** What waits there now, and how much of it is late: nothing is cool, some late is warm, much late is hot. */
export function warmth({ waiting, overdue, faulted }: ElementHeat): Warmth {
  if (faulted || (waiting && overdue / waiting >= HOT_SHARE)) return 'hot'
  if (waiting >= MANY || (waiting && overdue / waiting >= WARM_SHARE)) return 'warm'
  return waiting ? 'cool' : 'cold'
}

export interface HotSpot extends ElementHeat {
  element: string
}

/** Where cases wait, the most first, then where work took longest. */
export function hotSpots(elements: Record<string, ElementHeat>): HotSpot[] {
  return Object.entries(elements)
    .map(([element, heat]) => ({ element, ...heat }))
    .filter(({ waiting, done, faulted }) => waiting || done || faulted)
    .sort((one, other) => other.waiting - one.waiting || (other.taken_seconds ?? 0) - (one.taken_seconds ?? 0))
}

/** A span in words, the larger two units at most. */
export function span(seconds: number | null, language: 'zh' | 'en'): string {
  if (seconds === null) return '—'
  const minutes = Math.round(seconds / 60)
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  const words = language === 'zh' ? ['天', '时', '分'] : ['d', 'h', 'min']
  const parts = [days, hours, rest].map((value, place) => (value ? `${value} ${words[place]}` : ''))
  return parts.filter(Boolean).slice(0, 2).join(' ') || `0 ${words[2]}`
}
