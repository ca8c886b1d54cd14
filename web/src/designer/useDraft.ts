import { computed, shallowRef } from 'vue'
import { needsAnother, reloadRequests, requestFor } from '../approval/requests'
import { Problem } from '../problems/problem'
import { session } from '../session/session'
import type { Change, DefinitionRoutes, Version, Versions } from './definitions'
import { useKept } from './useKept'

const MISSING = 404

/** A draft that keeps itself; where there is none, what was published last stands in its place. */
export function useDraft(routes: DefinitionRoutes, mayEdit: boolean) {
  const versions = shallowRef<Version[]>([])
  /** Who edited it last. */
  const editor = shallowRef<string | null>(null)

  async function read(): Promise<{ value: string; version: number }> {
    const [published, draft] = await Promise.all([
      routes.versions().catch(absent<Versions>({ items: [], draft: null })),
      routes.draft().catch(absent(null)),
    ])
    show(published)
    if (draft) return { value: draft.data, version: draft.version }
    const [latest] = published.items
    return { value: latest ? await routes.version(latest.number) : '', version: 0 }
  }

  function show(found: Versions): void {
    versions.value = found.items
    editor.value = found.draft?.editor ?? null
  }

  async function save(source: string, seen: number): Promise<number> {
    const version = await routes.save(source, seen)
    editor.value = session.user?.id ?? null
    if (request.value) void reloadRequests()
    return version
  }

  const kept = useKept({ read, save, same: Object.is }, '', mayEdit)
  const request = computed(() => requestFor(routes.kind, routes.key))
  const isForOthers = computed(() => needsAnother(editor.value))

  /** Publishing what stands on the page, kept as it is now, or asking another person for it. */
  async function publishing(): Promise<Change> {
    await kept.keep()
    await reloadRequests()
    const asked = request.value?.state === 'waiting' ? request.value.note : ''
    return isForOthers.value ? routes.requesting(kept.seen()) : routes.publishing(kept.seen(), asked)
  }

  const readVersions = async () => show(await routes.versions())

  void reloadRequests()
  return { ...kept, versions, request, isForOthers, publishing, readVersions }
}

/** What stands for something that is not there. */
function absent<Value>(value: Value): (thrown: unknown) => Value {
  return (thrown) => {
    if (thrown instanceof Problem && thrown.status === MISSING) return value
    throw thrown
  }
}
