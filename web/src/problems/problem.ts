/** One thing that is wrong with what was sent. */
export interface Flaw {
  pointer?: string
  message_zh: string
  message_en: string
}

/** A refusal of the server (RFC 9457), or that it was not reached. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly zh: string,
    readonly en: string,
    readonly flaws: readonly Flaw[] = [],
  ) {
    super(`${code}: ${en}`)
  }

  in(language: string): string {
    return language.startsWith('zh') ? this.zh : this.en
  }
}

export const UNREACHED = 0

/** The problem that an answer's body tells of. */
export function problemOf(status: number, body: unknown): Problem {
  const told = (body ?? {}) as Record<string, unknown>
  const text = (name: string, otherwise: string) =>
    typeof told[name] === 'string' ? (told[name] as string) : otherwise
  const code = text('code', 'no_answer')
  const zh = text('message_zh', `服务器没有给出说明（${status}）`)
  const en = text('message_en', `The server gave no reason (${status})`)
  const flaws = Array.isArray(told.errors) ? (told.errors as Flaw[]) : []
  const own: Flaw[] =
    typeof told.pointer === 'string' ? [{ pointer: told.pointer, message_zh: zh, message_en: en }] : []
  return new Problem(status, code, zh, en, flaws.length ? flaws : own)
}

/** That no answer came: nothing is known of what happened, so the same key is to be sent again. */
export function unreached(): Problem {
  return new Problem(
    UNREACHED,
    'unreached',
    '连不上服务器；已填写的内容还在，恢复后可以再试',
    'The server cannot be reached; what you typed is kept, try again when it is back',
  )
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  console.error(thrown)
  const said = thrown instanceof Error ? thrown.message : String(thrown)
  return new Problem(UNREACHED, 'page_failed', `页面出错：${said}`, `The page failed: ${said}`)
}
