import { shallowRef } from 'vue'
import { Problem } from '../problems/problem'
import type { Change, DefinitionRoutes, Version } from './definitions'
import { useKept } from './useKept'

const MISSING = 404

/** A draft that keeps itself; where there is none, what was published last stands in its place. */
export function useDraft(routes: DefinitionRoutes, mayEdit: boolean) {
  const versions = shallowRef<Version[]>([])

  async function read(): Promise<{ value: string; version: number }> {
    const [published, draft] = await Promise.all([
      routes.versions().catch(absent<Version[]>([])),
      routes.draft().catch(absent(null)),
    ])
    versions.value = published
    if (draft) return { value: draft.data, version: draft.version }
    const [latest] = published
    return { value: latest ? await routes.version(latest.number) : '', version: 0 }
  }

  const kept = useKept({ read, save: routes.save, same: Object.is }, '', mayEdit)

  /** Publishing what stands on the page, kept as it is now. */
  async function publishing(): Promise<Change> {
    await kept.keep()
    return routes.publishing(kept.seen())
  }

  async function readVersions(): Promise<void> {
    versions.value = await routes.versions()
  }

  return { ...kept, versions, publishing, readVersions }
}

/** What stands for something that is not there. */
function absent<Value>(value: Value): (thrown: unknown) => Value {
  return (thrown) => {
    if (thrown instanceof Problem && thrown.status === MISSING) return value
    throw thrown
  }
}
