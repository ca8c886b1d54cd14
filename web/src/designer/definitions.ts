import { answer, api, tagged, type Schemas } from '../api/client'
import { keyed } from '../api/keys'
import { askFor, reloadRequests } from '../approval/requests'
import type { Kind } from './library'

/** The routes of one definition that is a file: the same for each kind. */
export interface DefinitionRoutes {
  kind: Kind
  key: string
  draft: () => Promise<Tagged>
  version: (number: number) => Promise<string>
  versions: () => Promise<Versions>
  /** Keep the draft over the version that was seen, 0 for none; the version that it has now. */
  save: (source: string, seen: number) => Promise<number>
  lint: (source: string, signal: AbortSignal) => Promise<Finding[]>
  /** What differs from a version, else from the newest published one. */
  diff: (before: number | null, source: string) => Promise<Compared>
  /** What a version uses and what uses it; of the newest, else of the draft, when none is named. */
  uses: (number?: number) => Promise<Uses>
  /** The draft that was seen becomes the next version, with the note that was given when it was asked for. */
  publishing: (seen: number, note: string) => Change
  /** Another person is asked to publish the draft that was seen. */
  requesting: (seen: number) => Change
  /** An earlier version becomes the next one. */
  restoring: (number: number) => Change
  /** A version is no longer for what begins from now on. */
  retiring: (number: number) => Change
}

export interface Tagged {
  data: string
  version: number
}

/** A change of what is in use: what would follow, before it is carried out. Both throw what it is refused with. */
export interface Change {
  does: 'publishing' | 'restoring' | 'retiring' | 'requesting'
  /** What is said of it already. */
  note?: string
  preview: () => Promise<Forecast>
  /** The number of the version that was made, retired or asked for. */
  carryOut: (note: string, attempt: string) => Promise<number>
}

export interface Forecast {
  /** `process`, `decision` or `form`. */
  kind: string
  number: number
  /** Of retiring: what whatever takes the newest will take; `null` when nothing is left. */
  newest?: number | null
  affected?: Affected | null
}

export type Affected = Schemas['Affected']
export type Compared = Schemas['Diff']
export type Difference = Schemas['PieceDifference']
export type Finding = Schemas['LintFinding']
export type Uses = Schemas['Uses']
export type Version = Schemas['DefinitionVersion']
/** All versions, and the one to come. */
export type Versions = Schemas['VersionList']

const NOUNS = { processes: 'process', decisions: 'decision', forms: 'form' } as const
const XML = 'application/xml'
const TYPES: Record<Kind, string> = { processes: XML, decisions: XML, forms: 'application/json' }
const asItIs = (source: unknown) => source as string
const over = (seen: number) => ({ 'If-Match': `"${seen}"` })

/** A definition under its key. The routes have one shape, so the types of one kind speak for all. */
export function definitionRoutes(kind: Kind, key: string): DefinitionRoutes {
  const at = <Rest extends string>(rest: Rest) =>
    `/api/v1/${kind}/{${NOUNS[kind]}}${rest}` as `/api/v1/processes/{process}${Rest}`
  const path = { [NOUNS[kind]]: key } as unknown as { process: string }
  const text = { params: { path }, parseAs: 'text' } as const
  const file = { headers: { 'Content-Type': TYPES[kind] }, bodySerializer: asItIs }

  /** Nothing is kept of a preview, so its key is of no further use. */
  const trying = (seen = {}) => ({ path, query: { preview: true }, header: { ...keyed(), ...seen } })

  function publication(
    does: 'publishing' | 'restoring',
    version: number | null,
    seen: Partial<ReturnType<typeof over>>,
  ) {
    return {
      does,
      preview: () => answer(api.POST(at('/publish'), { params: trying(seen), body: { version } })),
      async carryOut(note: string, attempt: string) {
        const params = { path, header: { ...keyed(attempt), ...seen } }
        return (await answer(api.POST(at('/publish'), { params, body: { note, version } }))).number
      },
    }
  }

  return {
    kind,
    key,
    draft: () => tagged(api.GET(at('/draft'), text)),
    version(number) {
      const params = { path: { ...path, version: String(number) } }
      return answer(api.GET(at('/versions/{version}'), { params, parseAs: 'text' }))
    },
    versions: () => answer(api.GET(at('/versions'), { params: { path } })),
    async save(body, seen) {
      const params = { path, header: over(seen) }
      return (await answer(api.PUT(at('/draft'), { ...file, params, body }))).version
    },
    lint: async (body, signal) =>
      (await answer(api.POST(at('/lint'), { ...file, params: { path }, body, signal }))).findings,
    diff(before, source) {
      const body = { before: before ? { version: before } : null, after: { source } }
      return answer(api.POST(at('/diff'), { params: { path }, body }))
    },
    uses: (version) => answer(api.GET(at('/uses'), { params: { path, query: { version } } })),
    publishing: (seen, note) => ({ ...publication('publishing', null, over(seen)), note }),
    requesting: (seen) => ({
      does: 'requesting',
      async preview() {
        await reloadRequests()
        return { kind: NOUNS[kind], number: seen }
      },
      async carryOut(note, attempt) {
        await askFor(NOUNS[kind], key, seen, note, attempt)
        return seen
      },
    }),
    restoring: (number) => publication('restoring', number, {}),
    retiring: (version) => ({
      does: 'retiring',
      preview: () => answer(api.POST(at('/retire'), { params: trying(), body: { version } })),
      async carryOut(note, attempt) {
        const params = { path, header: keyed(attempt) }
        return (await answer(api.POST(at('/retire'), { params, body: { note, version } }))).number
      },
    }),
  }
}
