import { shallowRef, watch, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { useLive } from '../live/useLive'
import { asProblem, type Problem } from '../problems/problem'

/** One case with what it waits for and its tasks, as of the last commit. */
export function useCase(id: Ref<number>) {
  const subject = shallowRef<Schemas['CaseDetail'] | null>(null)
  const waits = shallowRef<Schemas['Wait'][]>([])
  const tasks = shallowRef<Schemas['TaskOfCase'][]>([])
  const problem = shallowRef<Problem | null>(null)
  let asked = 0

  async function load(): Promise<void> {
    const [params, turn] = [{ path: { case: String(id.value) } }, ++asked]
    try {
      const [found, waiting, all] = await Promise.all([
        answer(api.GET('/api/v1/cases/{case}', { params })),
        answer(api.GET('/api/v1/cases/{case}/waits', { params })),
        answer(api.GET('/api/v1/cases/{case}/tasks', { params })),
      ])
      if (turn !== asked) return
      subject.value = found
      waits.value = waiting.items
      tasks.value = all.items
      problem.value = null
    } catch (thrown) {
      if (turn === asked) problem.value = asProblem(thrown)
    }
  }

  watch(id, load, { immediate: true })
  useLive(load, (event) => event.case === id.value)
  return { subject, waits, tasks, problem, load }
}
