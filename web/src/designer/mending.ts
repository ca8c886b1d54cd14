import { answer, api, type Schemas } from '../api/client'
import type { Finding } from './definitions'

export type Mended = Schemas['DiagramMended']

/** The diagram with one thing mended that a machine can mend. */
export function mendedBy(process: string, source: string, { rule, element, subject }: Finding): Promise<Mended> {
  const body = { source, rule, element, subject }
  return answer(api.POST('/api/v1/processes/{process}/fix', { params: { path: { process } }, body }))
}

/** The processes of a file of another tool, as they can be executed here; that of a key comes first. */
export async function takenIn(source: string, key?: string): Promise<[Mended, ...Mended[]]> {
  const headers = { 'Content-Type': 'application/xml' }
  const bodySerializer = (text: unknown) => text as string
  const first = await answer(api.POST('/api/v1/processes/import', { body: source, headers, bodySerializer }))
  const wanted = first.others.find((each) => each.key === key) ?? first
  return [wanted, ...[first, ...first.others].filter((each) => each !== wanted)]
}
