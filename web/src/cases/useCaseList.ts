import { shallowRef, watch, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { useLive } from '../live/useLive'
import { asProblem, type Problem } from '../problems/problem'

export type Case = Schemas['CaseList']['items'][number]

/** What is asked of the list of cases; each stands in the address of the page. */
export interface CasesWanted {
  text?: string
  stage?: string
  unit?: string
  open?: boolean
}

const PAGE = 50

/** Cases that match, the newest first, kept up to date in place. */
export function useCaseList(wanted: Ref<CasesWanted>) {
  const cases = shallowRef<Case[]>([])
  const count = shallowRef<number | string>(0)
  const next = shallowRef<string | null>(null)
  const isLoading = shallowRef(true)
  const problem = shallowRef<Problem | null>(null)
  let asked = 0

  const ask = (query: { limit: number; cursor?: string }) =>
    answer(api.GET('/api/v1/cases', { params: { query: { ...wanted.value, ...query } } }))

  async function load(): Promise<void> {
    const turn = ++asked
    try {
      const list = await ask({ limit: Math.max(PAGE, Math.min(cases.value.length, 4 * PAGE)) })
      if (turn !== asked) return
      cases.value = list.items
      count.value = list.count
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
    cases.value = [...cases.value, ...list.items]
    next.value = list.next
  }

  watch(
    () => JSON.stringify(wanted.value),
    () => {
      isLoading.value = true
      void load()
    },
    { immediate: true },
  )
  useLive(load)
  return { cases, count, next, isLoading, problem, load, more }
}
