import type { Schemas } from '../api/client'

/** What the library lists, and how it is narrowed. Pure. */
export type Kind = 'processes' | 'decisions' | 'forms'
export type Summary = Schemas['DefinitionSummary']
export type State = 'published' | 'changed' | 'draft'

export const KINDS: readonly Kind[] = ['processes', 'decisions', 'forms']
/** How their files end. */
export const SUFFIXES: Record<Kind, string> = { processes: 'bpmn', decisions: 'dmn', forms: 'json' }
/** How the files end that are taken in. */
export const FILES = ['.bpmn', '.xml', '.dmn', '.json']
/** Which kind a file is, by how its name ends. */
export function kindOfFile(name: string): Kind | undefined {
  const ending = /\.(\w+)$/.exec(name.toLowerCase())?.[1]
  return ending === 'xml' ? 'processes' : KINDS.find((kind) => SUFFIXES[kind] === ending)
}

/** How keys look, as the server wants them. */
const ID = /^[A-Za-z_][A-Za-z0-9_.-]{0,254}$/
export const KEYS: Record<Kind, RegExp> = { processes: ID, decisions: ID, forms: /^[a-z][a-z0-9_-]{0,63}$/ }

/** Whether the draft holds more than what cases run on. */
export function stateOf({ number, has_changes }: Summary): State {
  if (number === null) return 'draft'
  return has_changes ? 'changed' : 'published'
}

/** Those whose name or key holds the text: what presses first, then what waits to be published. */
export function narrowed(
  summaries: readonly Summary[],
  text: string,
  isPressing: (summary: Summary) => boolean = () => false,
): Summary[] {
  const wanted = text.trim().toLowerCase()
  const isFound = ({ name, name_en, key }: Summary) => [name, name_en, key].join('\n').toLowerCase().includes(wanted)
  const rank = (summary: Summary) => (isPressing(summary) ? 0 : stateOf(summary) === 'published' ? 2 : 1)
  return summaries.filter(isFound).sort((one, other) => rank(one) - rank(other) || one.key.localeCompare(other.key))
}
