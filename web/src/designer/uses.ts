import type { Uses } from './definitions'

/** What a definition uses, for reading. Pure. */
export interface UsedThing {
  key: string
  elements: string[]
}

const PLACES: Record<string, string> = { process: 'processes', decision: 'decisions', form: 'forms' }

/** Each thing once, with the elements that name it, in groups of a kind. */
export function usedThings(uses: Uses['uses']): { kind: string; things: UsedThing[] }[] {
  const kinds = [...new Set(uses.map(({ kind }) => kind))]
  return kinds.map((kind) => {
    const keys = [...new Set(uses.filter((use) => use.kind === kind).map(({ key }) => key))]
    const things = keys.map((key) => {
      const elements = uses.filter((use) => use.kind === kind && use.key === key).map(({ element }) => element)
      return { key, elements: [...new Set(elements)] }
    })
    return { kind, things }
  })
}

/** Where something that is used is edited; nothing for what is no definition. */
export function placeOf(kind: string, key: string): string | null {
  return PLACES[kind] ? `/design/${PLACES[kind]}/${key}` : null
}
