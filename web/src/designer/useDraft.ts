import { computed, onMounted, onUnmounted, ref, shallowRef } from 'vue'
import { asProblem, Problem, UNREACHED } from '../problems/problem'
import type { Change, DefinitionRoutes, Version } from './definitions'

const PAUSE_MS = 900
const RETRY_MS = 5_000
const MISSING = 404
const STALE = 412

export type Keeping = 'kept' | 'keeping' | 'waiting' | 'conflict' | 'failed' | 'reading'

/**
 * A draft that keeps itself under the version that was seen. What somebody else kept meanwhile is never overwritten
 * unasked: the person takes theirs or puts mine over it.
 */
export function useDraft(routes: DefinitionRoutes, mayEdit: boolean) {
  const keeping = ref<Keeping>('reading')
  const problem = shallowRef<Problem | null>(null)
  const versions = shallowRef<Version[]>([])
  /** What stands on the page. */
  const source = shallowRef('')
  /** Counts the texts that came from elsewhere and are to be drawn anew. */
  const arrival = ref(0)
  let kept = ''
  let seen = 0
  let waiting: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  async function open(): Promise<void> {
    try {
      const [published, draft] = await Promise.all([routes.versions().catch(absent<Version[]>([])), newest()])
      versions.value = published
      if (draft) seen = draft.version
      const [latest] = published
      show(draft?.data ?? (latest ? await routes.version(latest.number) : ''))
    } catch (thrown) {
      problem.value = asProblem(thrown)
      keeping.value = 'failed'
    }
  }

  const newest = () => routes.draft().catch(absent(null))

  function show(text: string): void {
    kept = source.value = text
    keeping.value = 'kept'
    problem.value = null
    arrival.value++
  }

  /** The person has changed something: keep it soon. */
  function change(text: string): void {
    source.value = text
    if (!mayEdit || keeping.value === 'conflict') return
    keeping.value = text === kept ? 'kept' : 'waiting'
    schedule(PAUSE_MS)
  }

  function schedule(pause: number): void {
    clearTimeout(waiting)
    waiting = setTimeout(() => void keep(), pause)
  }

  /** Keep what stands on the page; one save at a time, the last text last. */
  async function keep(): Promise<void> {
    clearTimeout(waiting)
    while (running) await running
    if (source.value === kept || keeping.value === 'conflict') return
    running = saved()
    await running
    running = null
  }

  async function saved(): Promise<void> {
    const text = source.value
    keeping.value = 'keeping'
    try {
      seen = await routes.save(text, seen)
      kept = text
      problem.value = null
      keeping.value = source.value === kept ? 'kept' : 'waiting'
    } catch (thrown) {
      problem.value = asProblem(thrown)
      keeping.value = problem.value.status === STALE ? 'conflict' : 'failed'
      if (problem.value.status === UNREACHED) schedule(RETRY_MS)
    }
  }

  async function takeTheirs(): Promise<void> {
    keeping.value = 'reading'
    await open()
  }

  async function putMine(): Promise<void> {
    seen = (await newest())?.version ?? 0
    keeping.value = 'waiting'
    await keep()
  }

  /** Publishing what stands on the page, kept as it is now. */
  async function publishing(): Promise<Change> {
    await keep()
    return routes.publishing(seen)
  }

  async function readVersions(): Promise<void> {
    versions.value = await routes.versions()
  }

  const isUnkept = computed(() => source.value !== kept)
  const warn = (event: Event) => isUnkept.value && mayEdit && event.preventDefault()
  onMounted(() => addEventListener('beforeunload', warn))
  onUnmounted(() => {
    removeEventListener('beforeunload', warn)
    void keep()
  })
  void open()
  return {
    keeping,
    problem,
    versions,
    source,
    arrival,
    open,
    change,
    keep,
    takeTheirs,
    putMine,
    publishing,
    readVersions,
  }
}

/** What stands for something that is not there. */
function absent<Value>(value: Value): (thrown: unknown) => Value {
  return (thrown) => {
    if (thrown instanceof Problem && thrown.status === MISSING) return value
    throw thrown
  }
}
