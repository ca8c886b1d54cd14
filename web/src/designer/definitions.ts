import { answer, api, tagged, type Schemas } from '../api/client'
import { keyed } from '../api/keys'

/** The routes of one definition that is a file: the same for each kind. */
export interface DefinitionRoutes {
  draft: () => Promise<Tagged>
  version: (number: number) => Promise<string>
  versions: () => Promise<Version[]>
  /** Keep the draft over the version that was seen, 0 for none; the version that it has now. */
  save: (source: string, seen: number) => Promise<number>
  lint: (source: string, signal: AbortSignal) => Promise<Finding[]>
  /** What differs from a version, else from the newest published one. */
  diff: (before: number | null, source: string) => Promise<Difference[]>
  publish: (note: string, seen: number, key: string) => Promise<number>
}

export interface Tagged {
  data: string
  version: number
}

export type Difference = Schemas['PieceDifference']
export type Finding = Schemas['LintFinding']
export type Version = Schemas['DefinitionVersion']

const XML = { 'Content-Type': 'application/xml' }
const asItIs = (source: unknown) => source as string
const over = (seen: number) => ({ 'If-Match': `"${seen}"` })

async function lintProcess(process: string, body: string, signal: AbortSignal) {
  const sent = { params: { path: { process } }, body, headers: XML, bodySerializer: asItIs, signal }
  return (await answer(api.POST('/api/v1/processes/{process}/lint', sent))).findings
}

async function versionsOfProcess(process: string) {
  return (await answer(api.GET('/api/v1/processes/{process}/versions', { params: { path: { process } } }))).items
}

/** A diagram under its key. */
export function processRoutes(key: string): DefinitionRoutes {
  const path = { process: key }
  const text = { params: { path }, parseAs: 'text' } as const
  return {
    draft: () => tagged(api.GET('/api/v1/processes/{process}/draft', text)),
    version: (number) => {
      const params = { path: { ...path, version: String(number) } }
      return answer(api.GET('/api/v1/processes/{process}/versions/{version}', { params, parseAs: 'text' }))
    },
    versions: () => versionsOfProcess(key),
    save: async (body, seen) => {
      const sent = { params: { path, header: over(seen) }, body, headers: XML, bodySerializer: asItIs }
      return (await answer(api.PUT('/api/v1/processes/{process}/draft', sent))).version
    },
    lint: (source, signal) => lintProcess(key, source, signal),
    diff: async (before, source) => {
      const body = { before: before ? { version: before } : null, after: { source } }
      return (await answer(api.POST('/api/v1/processes/{process}/diff', { params: { path }, body }))).differences
    },
    publish: async (note, seen, attempt) => {
      const params = { path, header: { ...keyed(attempt), ...over(seen) } }
      return (await answer(api.POST('/api/v1/processes/{process}/publish', { params, body: { note } }))).number
    },
  }
}

/** A decision model under its key. */
export function decisionRoutes(key: string): DefinitionRoutes {
  const path = { decision: key }
  const text = { params: { path }, parseAs: 'text' } as const
  return {
    draft: () => tagged(api.GET('/api/v1/decisions/{decision}/draft', text)),
    version: (number) => {
      const params = { path: { ...path, version: String(number) } }
      return answer(api.GET('/api/v1/decisions/{decision}/versions/{version}', { params, parseAs: 'text' }))
    },
    versions: async () => (await answer(api.GET('/api/v1/decisions/{decision}/versions', { params: { path } }))).items,
    save: async (body, seen) => {
      const sent = { params: { path, header: over(seen) }, body, headers: XML, bodySerializer: asItIs }
      return (await answer(api.PUT('/api/v1/decisions/{decision}/draft', sent))).version
    },
    lint: async (body, signal) => {
      const sent = { params: { path }, body, headers: XML, bodySerializer: asItIs, signal }
      return (await answer(api.POST('/api/v1/decisions/{decision}/lint', sent))).findings
    },
    diff: async (before, source) => {
      const body = { before: before ? { version: before } : null, after: { source } }
      return (await answer(api.POST('/api/v1/decisions/{decision}/diff', { params: { path }, body }))).differences
    },
    publish: async (note, seen, attempt) => {
      const params = { path, header: { ...keyed(attempt), ...over(seen) } }
      return (await answer(api.POST('/api/v1/decisions/{decision}/publish', { params, body: { note } }))).number
    },
  }
}
