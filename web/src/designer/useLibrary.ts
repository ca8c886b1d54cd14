import { computed, shallowRef } from 'vue'
import { answer, api } from '../api/client'
import { reloadRequests } from '../approval/requests'
import { asProblem, type Problem } from '../problems/problem'
import type { Kind, Summary } from './library'

const EMPTY: Record<Kind, Summary[]> = { processes: [], decisions: [], forms: [] }

/** Everything that a designer works on, by kind. */
export function useLibrary() {
  const summaries = shallowRef<Record<Kind, Summary[]> | null>(null)
  const problem = shallowRef<Problem | null>(null)

  async function load(): Promise<void> {
    void reloadRequests()
    try {
      const [processes, decisions, forms] = await Promise.all([
        answer(api.GET('/api/v1/processes')),
        answer(api.GET('/api/v1/decisions')),
        answer(api.GET('/api/v1/forms')),
      ])
      summaries.value = { processes: processes.items, decisions: decisions.items, forms: forms.items }
      problem.value = null
    } catch (thrown) {
      problem.value = asProblem(thrown)
    }
  }

  void load()
  return { all: computed(() => summaries.value ?? EMPTY), isLoading: computed(() => !summaries.value), problem, load }
}
