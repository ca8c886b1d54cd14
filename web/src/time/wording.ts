/** Moments as people say them; the exact value belongs into a tooltip. Pure: `now` is given. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export type Language = 'zh' | 'en'

/** 今天 15:20 · 昨天 09:05 · 3月4日 15:20 · 2025年3月4日. */
export function said(at: Date, now: Date, language: Language): string {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY)
  const clock = `${two(at.getHours())}:${two(at.getMinutes())}`
  const named = NAMED_DAYS[language][String(days)]
  if (named) return `${named} ${clock}`
  const isThisYear = at.getFullYear() === now.getFullYear()
  if (language === 'zh') {
    const day = `${at.getMonth() + 1}月${at.getDate()}日`
    return isThisYear ? `${day} ${clock}` : `${at.getFullYear()}年${day}`
  }
  const day = `${at.getDate()} ${MONTHS[at.getMonth()]}`
  return isThisYear ? `${day} ${clock}` : `${day} ${at.getFullYear()}`
}

/** 刚刚 · 5 分钟前 · 2 小时前 · 3 天前. */
export function ago(at: Date, now: Date, language: Language): string {
  const passed = now.getTime() - at.getTime()
  if (passed < MINUTE) return language === 'zh' ? '刚刚' : 'just now'
  const span = spanned(passed, language)
  return language === 'zh' ? `${span}前` : `${span} ago`
}

/** 剩 2 小时 · 超 1 天. */
export function remaining(due: Date, now: Date, language: Language): string {
  const left = due.getTime() - now.getTime()
  const span = spanned(Math.abs(left), language)
  if (language === 'zh') return left >= 0 ? `剩 ${span}` : `超 ${span}`
  return left >= 0 ? `${span} left` : `${span} over`
}

/** 2026-03-04 15:20:05, to the second, for tooltips and prints. */
export function exact(at: Date): string {
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`
}

function spanned(span: number, language: Language): string {
  const [count, unit] = span < HOUR ? [span / MINUTE, 0] : span < DAY ? [span / HOUR, 1] : [span / DAY, 2]
  const whole = Math.max(unit === 0 ? 1 : 0, Math.floor(count))
  if (language === 'zh') return `${whole} ${['分钟', '小时', '天'][unit]}`
  return `${whole} ${['minute', 'hour', 'day'][unit]}${whole === 1 ? '' : 's'}`
}

const NAMED_DAYS: Record<Language, Record<string, string>> = {
  zh: { '-1': '明天', '0': '今天', '1': '昨天' },
  en: { '-1': 'tomorrow', '0': 'today', '1': 'yesterday' },
}
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
