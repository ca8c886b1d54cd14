import type { Stand, Step } from './useDryRun'

/** Steps of a dry run, as scenarios write them. Pure. */
export type Delivery = Stand['deliveries'][number]
export type Awaited = Stand['messages'][number]
export type Outcome = 'result' | 'error' | 'failure'

/** The object that a text says in JSON, an empty one for no text; nothing when it is no object. */
export function objectIn(text: string): Record<string, unknown> | null {
  if (!text.trim()) return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** What an outside system comes to: an answer with values, a code that the diagram may catch, or nothing in time. */
export function answerStep(element: string, outcome: Outcome, code: string, values: string): Step {
  const said = objectIn(values) ?? {}
  if (outcome === 'result') return { answer: element, result: said }
  if (outcome === 'failure') return { answer: element, failure: code }
  return { answer: element, error: code, ...(Object.keys(said).length ? { variables: said } : {}) }
}

/** Something that is waited for comes from outside. */
export function arrivalStep({ kind, name, key }: Awaited, variables: string): Step {
  const said = objectIn(variables) ?? {}
  const more = Object.keys(said).length ? { variables: said } : {}
  return kind === 'signal' ? { signal: name, ...more } : { message: name, key, ...more }
}
