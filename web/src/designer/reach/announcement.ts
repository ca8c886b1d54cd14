import type { CalendarRows, Span } from './rows'

/** The statutory arrangement of a year as it is copied from its announcement, a line for each holiday and each day worked instead. Pure. */

const LINE = /^(?:(\d{4})-)?(\d\d-\d\d)(?:\s*(?:\.\.|至)\s*(?:(\d{4})-)?(\d\d-\d\d))?\s+(\S.*)$/
const WORKED = /(?:调休)?(?:上班|补班)$|work day$/i
const MOST_LINES = 100

/** The days that the lines name, or the number of the first line that says no date and name. */
export function daysIn(text: string, year: number, known: ReadonlyMap<string, string>): Span[] | number {
  const lines = text.split('\n').map((line) => line.trim())
  const days: Span[] = []
  for (const [place, line] of lines.entries()) {
    if (!line) continue
    const day = dayIn(line, year, known)
    if (!day || days.length === MOST_LINES) return place + 1
    days.push(day)
  }
  return days.sort((one, other) => one.begins.localeCompare(other.begins))
}

function dayIn(line: string, year: number, known: ReadonlyMap<string, string>): Span | null {
  const [, ofYear = String(year), from, untilYear = ofYear, until = from, said = ''] = LINE.exec(line) ?? []
  const [begins, ends] = [`${ofYear}-${from}`, `${untilYear}-${until}`]
  const names = said.split('/').map((name) => name.trim())
  if (!isSpan(begins, ends) || !names[0]) return null
  return { begins, ends, ...named(names[0], names[1], known) }
}

function named(name_zh: string, name_en: string | undefined, known: ReadonlyMap<string, string>) {
  const kind = WORKED.test(name_zh) ? 'make_up_work_day' : 'holiday'
  return { kind, name_zh, name_en: name_en || inEnglish(name_zh, known) }
}

const isSpan = (begins: string, ends: string) => isDate(begins) && isDate(ends) && begins <= ends

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function inEnglish(name: string, known: ReadonlyMap<string, string>): string {
  const holiday = name.replace(WORKED, '')
  const english = known.get(name) ?? known.get(holiday)
  if (!english) return name
  return known.has(name) ? english : `make-up work day for ${english}`
}

/** What holidays are called in English, as far as the calendar has called them so before. */
export function namesKnown({ announced_years, fixed_holidays }: CalendarRows): Map<string, string> {
  const holidays = [...(fixed_holidays ?? []), ...(announced_years ?? []).flatMap(({ days }) => days)]
  return new Map(holidays.map(({ name_zh, name_en }) => [name_zh, name_en]))
}

/** The year that is announced next. */
export function yearToCome({ announced_years }: CalendarRows, now: Date): number {
  const last = Math.max(...(announced_years ?? []).map(({ year }) => year), now.getFullYear() - 1)
  return last + 1
}
