import { computed, shallowRef, watch, type Ref } from 'vue'
import { answer, api } from '../api/client'
import { useLive } from '../live/useLive'
import { asProblem, type Problem } from '../problems/problem'
import { storyOf, type Entry } from './story'

const PAGE = 200

/** Everything that happened in a case; what is new is added at the end. */
export function useHistory(id: Ref<number>) {
  const entries = shallowRef<Entry[]>([])
  const isLoading = shallowRef(true)
  const problem = shallowRef<Problem | null>(null)

  async function load(): Promise<void> {
    const wanted = id.value
    try {
      const found = await everything(wanted)
      if (wanted === id.value) entries.value = found
      problem.value = null
    } catch (thrown) {
      problem.value = asProblem(thrown)
    } finally {
      isLoading.value = false
    }
  }

  watch(id, load, { immediate: true })
  useLive(load, (event) => event.case === id.value)
  return { entries, story: computed(() => storyOf(entries.value)), isLoading, problem, load }
}

async function everything(id: number): Promise<Entry[]> {
  const found: Entry[] = []
  let cursor: string | undefined
  do {
    const params = { path: { case: String(id) }, query: { limit: PAGE, cursor } }
    const page = await answer(api.GET('/api/v1/cases/{case}/history', { params }))
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  return found
}
