import { shallowRef, watch } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { keyed } from '../api/keys'
import { useAttempt } from '../api/useAttempt'
import { useLive } from '../live/useLive'
import { asProblem } from '../problems/problem'

export type Escalation = Schemas['Escalation']
export type Order = Schemas['Order']
export type Count = number | string

/** Of which deadlines somebody was told and nobody took notice yet, and the supervision orders that are open. */
export function useAlarms(unit: () => string | undefined) {
  const escalations = shallowRef<readonly Escalation[]>([])
  const orders = shallowRef<readonly Order[]>([])
  const counts = shallowRef<Record<'escalations' | 'orders', Count>>({ escalations: 0, orders: 0 })
  const { problem, isBusy, attempt } = useAttempt()
  let asked = 0

  async function load(): Promise<void> {
    const [params, turn] = [{ query: { unit: unit() } }, ++asked]
    try {
      const [told, ordered] = await Promise.all([
        answer(api.GET('/api/v1/supervision/escalations', { params })),
        answer(api.GET('/api/v1/supervision/orders', { params })),
      ])
      if (turn !== asked) return
      escalations.value = told.items
      orders.value = ordered.items
      counts.value = { escalations: told.count, orders: ordered.count }
    } catch (thrown) {
      if (turn === asked) problem.value = asProblem(thrown)
    }
  }

  /** Take notice, with a note if there is something to say. */
  async function acknowledge(id: string, note: string): Promise<void> {
    const isDone = await attempt(`acknowledge ${id} ${note}`, (key) => {
      const params = { path: { escalation: id }, header: keyed(key) }
      return answer(api.POST('/api/v1/supervision/escalations/{escalation}/acknowledge', { params, body: { note } }))
    })
    if (isDone) await load()
  }

  watch(unit, load, { immediate: true })
  useLive(load)
  return { escalations, orders, counts, problem, isBusy, load, acknowledge }
}
