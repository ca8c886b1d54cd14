import { computed, ref, shallowRef, watch } from 'vue'
import { useLive } from '../live/useLive'
import { asProblem, type Problem } from '../problems/problem'

const PAGE = 50
/** What stands on the page is asked for again as a whole, within reason. */
const MOST_ANEW = 4 * PAGE

export type Count = number | string

/** A page of a list that says how much there is. */
export interface ListPage<Item> {
  items: Item[]
  next: string | null
  count: Count
  facets: Record<string, Record<string, Count>>
}

export interface PageWanted {
  limit: number
  cursor?: string
}

/**
 * A list of the server, kept up to date in place: rows stay where they are while their contents change. `ask` asks for
 * one page; whenever what `wanted` says has changed, the list begins anew.
 */
export function usePagedList<Item>(wanted: () => unknown, ask: (page: PageWanted) => Promise<ListPage<Item>>) {
  const items = shallowRef<Item[]>([])
  const count = ref<Count>(0)
  const facets = shallowRef<ListPage<Item>['facets']>({})
  const next = ref<string | null>(null)
  const isLoading = ref(true)
  const problem = shallowRef<Problem | null>(null)
  let asked = 0

  async function load(): Promise<void> {
    const turn = ++asked
    try {
      const page = await ask({ limit: Math.max(PAGE, Math.min(items.value.length, MOST_ANEW)) })
      if (turn !== asked) return
      items.value = page.items
      count.value = page.count
      facets.value = page.facets
      next.value = page.next
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
    try {
      const page = await ask({ limit: PAGE, cursor: next.value })
      if (turn !== asked) return
      items.value = [...items.value, ...page.items]
      next.value = page.next
    } catch (thrown) {
      problem.value = asProblem(thrown)
    }
  }

  watch(
    () => JSON.stringify(wanted()),
    () => {
      isLoading.value = true
      items.value = []
      void load()
    },
    { immediate: true },
  )
  useLive(load)
  return { items, count, facets, isLoading, problem, load, more, hasMore: computed(() => next.value !== null) }
}
