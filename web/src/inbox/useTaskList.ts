import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { useLive } from '../live/useLive'
import { asProblem, type Problem } from '../problems/problem'
import type { Queue } from './queues'

export type Task = Schemas['TaskSummary']

const PAGE = 50

/** The tasks of a queue, kept up to date in place: rows stay where they are while their contents change. */
export function useTaskList(queue: Ref<Queue>, stage: Ref<string | undefined>) {
  const tasks = shallowRef<Task[]>([])
  const count = ref<number | string>(0)
  const stages = ref<Record<string, number | string>>({})
  const next = ref<string | null>(null)
  const isLoading = ref(true)
  const problem = shallowRef<Problem | null>(null)
  let asked = 0

  const ask = (query: { limit: number; cursor?: string }) =>
    answer(api.GET('/api/v1/tasks', { params: { query: { ...queue.value.query, stage: stage.value, ...query } } }))

  async function load(): Promise<void> {
    const turn = ++asked
    try {
      const list = await ask({ limit: Math.max(PAGE, Math.min(tasks.value.length, 4 * PAGE)) })
      if (turn !== asked) return
      tasks.value = list.items
      count.value = list.count
      // All stages stay to choose from, also while one is chosen.
      if (!stage.value) stages.value = list.facets.stage ?? {}
      next.value = list.next
      problem.value = null
    } catch (thrown) {
      if (turn === asked) problem.value = asProblem(thrown)
    } finally {
      if (turn === asked) isLoading.value = false
    }
  }

  async function more(): Promise<void> {
    if (!next.value) return
    const turn = asked
    const list = await ask({ limit: PAGE, cursor: next.value })
    if (turn !== asked) return
    tasks.value = [...tasks.value, ...list.items]
    next.value = list.next
  }

  watch(
    [queue, stage],
    () => {
      isLoading.value = true
      tasks.value = []
      void load()
    },
    { immediate: true },
  )
  useLive(load)

  return { tasks, count, stages, isLoading, problem, load, more, hasMore: computed(() => next.value !== null) }
}
