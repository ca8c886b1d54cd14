import { answer, api, type Schemas } from '../api/client'
import type { Finding } from './definitions'

export type Mended = Schemas['DiagramMended']

/** The diagram with one thing mended that a machine can mend. */
export function mendedBy(process: string, source: string, { rule, element, subject }: Finding): Promise<Mended> {
  const body = { source, rule, element, subject }
  return answer(api.POST('/api/v1/processes/{process}/fix', { params: { path: { process } }, body }))
}

/** A diagram of another tool, as it can be executed here. */
export function takenIn(source: string): Promise<Mended> {
  const headers = { 'Content-Type': 'application/xml' }
  const bodySerializer = (text: unknown) => text as string
  return answer(api.POST('/api/v1/processes/import', { body: source, headers, bodySerializer }))
}
