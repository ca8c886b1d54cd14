import { computed, onMounted, onUnmounted, ref, shallowRef } from 'vue'
import { asProblem, UNREACHED, type Problem } from '../problems/problem'

const PAUSE_MS = 900
const RETRY_MS = 5_000
const STALE = 412

export type Keeping = 'kept' | 'keeping' | 'waiting' | 'conflict' | 'failed' | 'reading'

/** Where something is kept under a version; both throw what they are refused with. */
export interface Shelf<Value> {
  /** What is kept now, under version 0 where nothing is. */
  read: () => Promise<{ value: Value; version: number }>
  /** Keep it over the version that was seen; the version that it has now. */
  save: (value: Value, seen: number) => Promise<number>
  same: (one: Value, other: Value) => boolean
}

/**
 * Something that keeps itself under the version that was seen. What somebody else kept meanwhile is never overwritten
 * unasked: the person takes theirs or puts mine over it.
 */
export function useKept<Value>(shelf: Shelf<Value>, nothing: Value, mayEdit: boolean) {
  const keeping = ref<Keeping>('reading')
  const problem = shallowRef<Problem | null>(null)
  /** What stands on the page. */
  const source = shallowRef(nothing)
  /** Counts what came from elsewhere and is to be drawn anew. */
  const arrival = ref(0)
  const kept = shallowRef(nothing)
  let seen = 0
  let waiting: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let reading = Promise.resolve()

  function open(): Promise<void> {
    reading = read()
    return reading
  }

  async function read(): Promise<void> {
    try {
      const { value, version } = await shelf.read()
      seen = version
      kept.value = source.value = value
      keeping.value = 'kept'
      problem.value = null
      arrival.value++
    } catch (thrown) {
      problem.value = asProblem(thrown)
      keeping.value = 'failed'
    }
  }

  /** The person has changed something: keep it soon. */
  function change(value: Value): void {
    source.value = value
    if (!mayEdit || keeping.value === 'conflict') return
    keeping.value = shelf.same(value, kept.value) ? 'kept' : 'waiting'
    schedule(PAUSE_MS)
  }

  function schedule(pause: number): void {
    clearTimeout(waiting)
    waiting = setTimeout(() => void keep(), pause)
  }

  /** Keep what stands on the page once it has been read; one save at a time, the last one last. */
  async function keep(): Promise<void> {
    clearTimeout(waiting)
    await reading
    while (running) await running
    if (!isUnkept.value || keeping.value === 'conflict') return
    running = saved()
    await running
    running = null
  }

  async function saved(): Promise<void> {
    const value = source.value
    keeping.value = 'keeping'
    try {
      seen = await shelf.save(value, seen)
      kept.value = value
      problem.value = null
      keeping.value = isUnkept.value ? 'waiting' : 'kept'
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
    seen = (await shelf.read()).version
    keeping.value = 'waiting'
    await keep()
  }

  const isUnkept = computed(() => !shelf.same(source.value, kept.value))
  const warn = (event: Event) => isUnkept.value && mayEdit && event.preventDefault()
  onMounted(() => addEventListener('beforeunload', warn))
  onUnmounted(() => {
    removeEventListener('beforeunload', warn)
    void keep()
  })
  void open()
  const whenRead = () => reading
  return { keeping, problem, source, arrival, seen: () => seen, open, whenRead, change, keep, takeTheirs, putMine }
}
