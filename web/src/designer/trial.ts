import type { Finding } from './definitions'

/** What is given to a decision and what of its tables is coloured. Pure. */

/** A value as somebody types it: as JSON where it is JSON, else the text itself; nothing where nothing was typed. */
export function valueOf(typed: string): unknown {
  const text = typed.trim()
  if (!text) return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const DMN = '*'

/** The names that a decision model asks for. */
export function inputsOf(source: string): string[] {
  const read = new DOMParser().parseFromString(source, 'application/xml')
  return [...read.getElementsByTagNameNS(DMN, 'inputData')]
    .map((each) => each.getAttribute('name') ?? '')
    .filter(Boolean)
}

/** The decisions of a model by id. */
export function decisionsOf(source: string): { id: string; name: string }[] {
  const read = new DOMParser().parseFromString(source, 'application/xml')
  return [...read.getElementsByTagNameNS(DMN, 'decision')].map((each) => {
    return { id: each.id, name: each.getAttribute('name') ?? each.id }
  })
}

/** The decision in which an element of a model stands. */
export function decisionAround(source: string, element: string): string | null {
  const read = new DOMParser().parseFromString(source, 'application/xml')
  return read.querySelector(`[id="${CSS.escape(element)}"]`)?.closest('decision')?.id ?? null
}

export type Rows = Record<string, Record<number, string>>

/** Rows by decision, coloured by the worst that is said of them. */
export function foundRows(findings: readonly Finding[], decisionOf: (element: string) => string | null): Rows {
  const rows: Rows = {}
  for (const { element, row, severity } of [...findings].reverse()) {
    const decision = element && row ? decisionOf(element) : null
    if (decision) rows[decision] = { ...rows[decision], [row!]: severity }
  }
  return rows
}
