import { answer, api, tagged, type Schemas } from '../../api/client'

/** Rows of the city's registers that a process uses, and changes of one row over the version that was seen. */
export type Reach = Schemas['Reach']
export type Condition = Schemas['ConditionShown']
export type Edited = Schemas['RegisterEdited']
export type Limit = Schemas['LimitBody']
export type CalendarRows = Schemas['CalendarRows']
export type CalendarDay = Schemas['CalendarDay']
export type LocalDay = Schemas['DaySpanBody']
export type Span = Schemas['DaySpanRow']

/** How a change is sent: looked at first, then kept with its reason. */
export interface Manner {
  preview: boolean
  note: string
}

/** A change of one row, over the version of its register that was seen. */
export type RowChange = (seen: number, manner: Manner) => Promise<Edited>

export const PAGE = 100
export const over = (seen: number) => ({ 'If-Match': `"${seen}"` })

export async function reachOf(process: string): Promise<Reach> {
  return answer(api.GET('/api/v1/processes/{process}/reach', { params: { path: { process } } }))
}

/** The conditions of the cases that run a process, the first hundred that hold the text, and the version they are of. */
export async function conditionsOf(process: string, text: string) {
  const query = { process, limit: PAGE, ...(text ? { text } : {}) }
  const [page, catalogue] = await Promise.all([
    answer(api.GET('/api/v1/catalogue/conditions', { params: { query } })),
    answer(api.GET('/api/v1/catalogue')),
  ])
  return { items: page.items, count: page.count, version: catalogue.version }
}

export async function calendarRows(calendar: string) {
  return tagged(api.GET('/api/v1/calendars/{calendar}', { params: { path: { calendar } } }))
}

export async function daysOf(calendar: string, since: string, until: string): Promise<CalendarDay[]> {
  const params = { path: { calendar }, query: { since, until } }
  return (await answer(api.GET('/api/v1/calendars/{calendar}/days', { params }))).items
}

/** What of a condition is changed here: how long, and in which part of the year it holds (`11-15..03-15`, or empty). */
export interface Terms {
  limit: Limit
  season: string
}

/** A condition under other terms and nothing else changed; the last milestone bears the limit of the whole. */
export function withTerms(condition: Condition, { limit, season }: Terms): Schemas['ConditionBody'] {
  const { text, closing, limit_class, area_class, source, milestones, evidence } = condition
  const last = milestones.length - 1
  return {
    text,
    closing,
    limit_class,
    area_class,
    season,
    source,
    limit,
    milestones: milestones.map((each, place) => ({ ...each, limit: place === last ? limit : each.limit })),
    evidence: [...evidence],
  }
}

export function changing(condition: Condition, terms: Terms): RowChange {
  return (seen, query) => {
    const params = { path: { condition: condition.key }, query, header: over(seen) }
    return answer(api.PUT('/api/v1/catalogue/conditions/{condition}', { params, body: withTerms(condition, terms) }))
  }
}

/** Days that are not what their weekday says, as they are sent: the first date stands in the path. */
export function dayBody({ kind, name_zh, name_en, ends, windows }: LocalDay): LocalDay {
  return { kind, name_zh, name_en, ...(ends ? { ends } : {}), ...(windows?.length ? { windows } : {}) }
}

/** A date is a day of its own in this city, or no longer one. */
export function daying(calendar: string, date: string, day: LocalDay | null): RowChange {
  return (seen, query) => {
    const params = { path: { calendar, date }, query, header: over(seen) }
    const path = '/api/v1/calendars/{calendar}/local-days/{date}'
    return answer(day ? api.PUT(path, { params, body: day }) : api.DELETE(path, { params }))
  }
}

/** Within the statutory arrangement of its year, a date is a day of its own, or no longer one. */
export function arranging(calendar: string, date: string, day: LocalDay | null): RowChange {
  return (seen, query) => {
    const params = { path: { calendar, year: date.slice(0, 4), date }, query, header: over(seen) }
    const path = '/api/v1/calendars/{calendar}/announced-years/{year}/days/{date}'
    return answer(day ? api.PUT(path, { params, body: day }) : api.DELETE(path, { params }))
  }
}

/** The statutory arrangement of a year is announced, or no longer there. */
export function announcing(calendar: string, year: number, body: Schemas['YearBody'] | null): RowChange {
  return (seen, query) => {
    const params = { path: { calendar, year: String(year) }, query, header: over(seen) }
    const path = '/api/v1/calendars/{calendar}/announced-years/{year}'
    return answer(body ? api.PUT(path, { params, body }) : api.DELETE(path, { params }))
  }
}

/** The rows of a calendar with one more year announced, to see what it would do. */
export function withYear(rows: CalendarRows, year: number, body: Schemas['YearBody']): CalendarRows {
  return { ...rows, announced_years: [...(rows.announced_years ?? []), { ...body, year }] }
}

/** The rows of a calendar with a local day in its place, to see what they would do. */
export function withDay(rows: CalendarRows, date: string, day: LocalDay | null): CalendarRows {
  return { ...rows, local_days: spansWith(rows.local_days ?? [], date, day) }
}

/** The rows of a calendar with a day in the statutory arrangement of its year, to see what they would do. */
export function withArranged(rows: CalendarRows, date: string, day: LocalDay | null): CalendarRows {
  const years = (rows.announced_years ?? []).map((each) => {
    return String(each.year) === date.slice(0, 4) ? { ...each, days: spansWith(each.days, date, day) } : each
  })
  return { ...rows, announced_years: years }
}

function spansWith(spans: readonly Span[], date: string, day: LocalDay | null): Span[] {
  const others = spans.filter(({ begins }) => begins !== date)
  const all = day ? [...others, { ...day, begins: date }] : others
  return all.sort((one, other) => one.begins.localeCompare(other.begins))
}

/** What open deadlines would do under other rows. */
export async function effectOf(calendar: string, rows: CalendarRows) {
  const body = { rows, at: new Date().toISOString(), clocks: [] }
  return answer(api.POST('/api/v1/calendars/{calendar}/preview', { params: { path: { calendar } }, body }))
}

/** The local day that holds a date: what it is, and the date under which it stands. */
export function localDayOn(rows: CalendarRows, date: string): (LocalDay & { begins: string }) | null {
  return rows.local_days?.find(({ begins, ends }) => begins <= date && date <= (ends ?? begins)) ?? null
}
