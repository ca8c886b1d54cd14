import { computed, ref, shallowRef } from 'vue'
import { asProblem, type Problem } from '../problems/problem'
import type { Compared, DefinitionRoutes } from './definitions'

/** What differs from what was published, in words; asked for when somebody looks. */
export function useDifferences(routes: DefinitionRoutes, source: () => string) {
  const compared = shallowRef<Compared | null>(null)
  const problem = shallowRef<Problem | null>(null)
  /** The version to compare with; the newest when none is chosen. */
  const against = ref<number | null>(null)
  let turn = 0

  async function compare(): Promise<void> {
    const mine = ++turn
    try {
      const found = await routes.diff(against.value, source())
      if (mine !== turn) return
      compared.value = found
      problem.value = null
    } catch (thrown) {
      if (mine === turn) problem.value = asProblem(thrown)
    }
  }

  return { compared, differences: computed(() => compared.value?.differences ?? null), problem, against, compare }
}
