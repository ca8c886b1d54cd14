import { computed, shallowRef, watch, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { useLive } from '../live/useLive'
import { asProblem, type Problem } from '../problems/problem'

/** The time limits of a case with their derivations, and the open one that is due next. */
export function useDeadlines(id: Ref<number>) {
  const deadlines = shallowRef<Schemas['ExplainedDeadline'][]>([])
  const problem = shallowRef<Problem | null>(null)
  const next = computed(() => {
    const open = deadlines.value.filter(({ ended_at, due_at }) => !ended_at && due_at)
    return open.sort((one, other) => Date.parse(one.due_at!) - Date.parse(other.due_at!))[0] ?? null
  })
  const isPaused = computed(() => deadlines.value.some(({ is_paused }) => is_paused))
  let asked = 0

  async function load(): Promise<void> {
    const [params, turn] = [{ path: { case: String(id.value) } }, ++asked]
    try {
      const found = await answer(api.GET('/api/v1/cases/{case}/deadlines', { params }))
      if (turn !== asked) return
      deadlines.value = found.items
      problem.value = null
    } catch (thrown) {
      if (turn === asked) problem.value = asProblem(thrown)
    }
  }

  watch(id, load, { immediate: true })
  useLive(load, (event) => event.case === id.value)
  return { deadlines, next, isPaused, problem, load }
}
