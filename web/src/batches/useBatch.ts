import { ref, shallowRef } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { asProblem, type Problem } from '../problems/problem'

export type Batch = Schemas['Batch']
export type Refused = { zh: string; en: string; count: number }

const PAUSE = 400
const MOST_ASKED = 300

/** Work over many as one batch, followed to its end, with what was refused in words. */
export function useBatch() {
  const batch = shallowRef<Batch | null>(null)
  const refusals = shallowRef<Refused[]>([])
  const problem = shallowRef<Problem | null>(null)
  const isBusy = ref(false)

  /** Whether the batch that `begin` began came to its end; what failed is in `problem`, what was refused in `refusals`. */
  async function run(begin: () => Promise<Schemas['StartedBatch']>): Promise<boolean> {
    isBusy.value = true
    problem.value = null
    refusals.value = []
    try {
      return await follow((await begin()).batch)
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
export function gathered(told: readonly Record<string, unknown>[]): Refused[] {
  const found = new Map<string, Refused>()
  for (const { message_zh, message_en } of told) {
    const [zh, en] = [String(message_zh ?? ''), String(message_en ?? '')]
    found.set(zh, { zh, en, count: (found.get(zh)?.count ?? 0) + 1 })
  }
  return [...found.values()].sort((one, other) => other.count - one.count)
}
