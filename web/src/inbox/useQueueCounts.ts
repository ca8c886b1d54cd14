import { ref } from 'vue'
import { answer, api } from '../api/client'
import { useLive } from '../live/useLive'
import type { Queue } from './queues'

/** How many tasks each queue holds, as of now. */
export function useQueueCounts(queues: readonly Queue[]) {
  const counts = ref<Record<string, number | string>>({})

  async function count(queue: Queue): Promise<[string, number | string]> {
    const list = await answer(api.GET('/api/v1/tasks', { params: { query: { ...queue.query, limit: 1 } } }))
    return [queue.key, list.count]
  }

  async function load(): Promise<void> {
    // A count that does not come is shown as none; the list beside it says what is the matter.
    const found = await Promise.allSettled(queues.map(count))
    const told = found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    counts.value = { ...counts.value, ...Object.fromEntries(told) }
  }

  void load()
  useLive(load)
  return { counts, load }
}
