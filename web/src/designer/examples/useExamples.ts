import { computed, onUnmounted, shallowRef, watch, type Ref } from 'vue'
import { answer, api, tagged } from '../../api/client'
import { asProblem, type Problem } from '../../problems/problem'
import { useKept } from '../useKept'
import type { Example, ExampleRun } from './examples'

const PATH = '/api/v1/decisions/{decision}/examples'

/** The examples of a decision: kept beside it, and asked of what stands on the page. */
export function useExamples(decision: string, source: Readonly<Ref<string>>, mayEdit: boolean) {
  const path = { decision }
  const kept = useKept<Example[]>(
    {
      async read() {
        const { data, version } = await tagged(api.GET(PATH, { params: { path } }))
        return { value: data.items, version }
      },
      async save(items, seen) {
        const params = { path, header: { 'If-Match': `"${seen}"` } }
        return (await answer(api.PUT(PATH, { params, body: { items } }))).version
      },
      same: (one, other) => JSON.stringify(one) === JSON.stringify(other),
    },
    [],
    mayEdit,
  )
  const items = kept.source
  /** How each went, in the order of the examples; nothing while they are asked. */
  const runs = shallowRef<ExampleRun[] | null>(null)
  /** Why they could not be asked. */
  const unasked = shallowRef<Problem | null>(null)
  const failed = computed(() => runs.value?.filter(({ passed }) => !passed).length ?? 0)
  let asking: AbortController | null = null

  async function run(): Promise<void> {
    asking?.abort()
    runs.value = unasked.value = null
    if (!source.value || !items.value.length) return
    const mine = (asking = new AbortController())
    const body = { source: source.value, items: items.value }
    try {
      const found = await answer(api.POST(`${PATH}/run`, { params: { path }, body, signal: mine.signal }))
      if (!mine.signal.aborted) runs.value = found.items
    } catch (thrown) {
      if (!mine.signal.aborted) unasked.value = asProblem(thrown)
    }
  }

  const add = (example: Example) => kept.change([...items.value, example])

  watch([source, items], run)
  onUnmounted(() => asking?.abort())
  return { ...kept, items, runs, failed, unasked, add, run }
}
