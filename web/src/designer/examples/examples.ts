import type { Schemas } from '../../api/client'
import { valueOf } from '../trial'

/** What a decision is to come to, and what is typed for it. Pure. */
export type Example = Schemas['Example']
export type ExampleRun = Schemas['ExampleRun']

const LONGEST_NAME = 200

/** A value as somebody would type it, so that reading it gives the value again. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' && valueOf(value) === value ? value : JSON.stringify(value)
}

/** What was tried as an example, called by what was given. */
export function exampleOf(decision: string, inputs: Record<string, unknown>, outputs: unknown): Example {
  const given = Object.entries(inputs).filter(([, value]) => value !== null)
  const name = given.map(([input, value]) => `${input} = ${textOf(value)}`).join('，') || decision
  return { name: name.slice(0, LONGEST_NAME), decision, inputs: Object.fromEntries(given), outputs }
}

/** The inputs that stand in a column of their own: those of the model, then what examples still name besides. */
export function columnsOf(inputs: readonly string[], examples: readonly Example[]): string[] {
  return [...new Set([...inputs, ...examples.flatMap((example) => Object.keys(example.inputs ?? {}))])]
}

/** An example with another value of an input; nothing typed leaves it out. */
export function withInput(example: Example, input: string, typed: string): Example {
  const value = valueOf(typed)
  const others = Object.fromEntries(Object.entries(example.inputs ?? {}).filter(([name]) => name !== input))
  return { ...example, inputs: value === null ? others : { ...others, [input]: value } }
}
