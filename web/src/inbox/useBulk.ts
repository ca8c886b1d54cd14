import { ref, shallowRef } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { keyed } from '../api/keys'
import { asProblem, type Problem } from '../problems/problem'

export type BulkVerb = Schemas['ManyTasks']['verb']
export type Batch = Schemas['Batch']

const PAUSE = 400
const MOST_ASKED = 300

/** Many tasks at once: one batch, followed to its end, with what was refused in words. */
export function useBulk() {
  const batch = shallowRef<Batch | null>(null)
  const refusals = shallowRef<{ zh: string; en: string; count: number }[]>([])
  const problem = shallowRef<Problem | null>(null)
  const isBusy = ref(false)

  /** Whether the batch came to its end; what failed is in `problem`, what was refused in `refusals`. */
  async function run(verb: BulkVerb, tasks: readonly string[], assignee?: string): Promise<boolean> {
    isBusy.value = true
    problem.value = null
    refusals.value = []
    try {
      const body = { verb, tasks: [...tasks], ...(assignee ? { assignee } : {}) }
      const started = await answer(api.POST('/api/v1/tasks/bulk', { params: { header: keyed() }, body }))
      return await follow(started.batch)
    } catch (thrown) {
      problem.value = asProblem(thrown)
      return false
    } finally {
      isBusy.value = false
    }
  }

  async function follow(id: number): Promise<boolean> {
    const params = { path: { batch: String(id) } }
    for (let asked = 0; asked < MOST_ASKED; asked++) {
      batch.value = await answer(api.GET('/api/v1/batches/{batch}', { params }))
      if (batch.value.state !== 'running') break
      await new Promise((resolve) => setTimeout(resolve, PAUSE))
    }
    if (batch.value?.refused) await explain(id)
    return batch.value?.state !== 'running'
  }

  async function explain(id: number): Promise<void> {
    const params = { path: { batch: String(id) }, query: { limit: 200 } }
    const { items } = await answer(api.GET('/api/v1/batches/{batch}/items', { params }))
    refusals.value = gathered(items.filter(({ state }) => state === 'refused').map(({ answer: told }) => told ?? {}))
  }

  return { batch, refusals, problem, isBusy, run }
}

/** The same reason is said once, with how often. Pure. */
export function gathered(told: readonly Record<string, unknown>[]): { zh: string; en: string; count: number }[] {
  const found = new Map<string, { zh: string; en: string; count: number }>()
  for (const { message_zh, message_en } of told) {
    const [zh, en] = [String(message_zh ?? ''), String(message_en ?? '')]
    found.set(zh, { zh, en, count: (found.get(zh)?.count ?? 0) + 1 })
  }
  return [...found.values()].sort((one, other) => other.count - one.count)
}
