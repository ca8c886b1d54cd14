import { shallowRef, watch, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { useLive } from '../live/useLive'
import { asProblem, type Problem } from '../problems/problem'

const NEXT_TIMERS = 12
const DAYS = 14

/** What everything on the board answers to; it stands in the address of the page. */
export interface BoardFilter {
  stage?: string
  unit?: string
  category?: string
}

/** What supervisors look at, as of the last commit. */
export function useBoard(filter: Ref<BoardFilter>) {
  const board = shallowRef<Schemas['Board'] | null>(null)
  const timers = shallowRef<Schemas['ArmedTimers'] | null>(null)
  const pressing = shallowRef<Schemas['PressingCase'][]>([])
  const flow = shallowRef<Schemas['FlowDay'][]>([])
  const dots = shallowRef<Schemas['Dot'][]>([])
  const classes = shallowRef<Schemas['OpenClass'][]>([])
  const problem = shallowRef<Problem | null>(null)
  let asked = 0

  async function load(): Promise<void> {
    const [query, turn] = [{ ...filter.value }, ++asked]
    try {
      const [counted, next, soon, days, places, kinds] = await Promise.all([
        answer(api.GET('/api/v1/supervision/board')),
        answer(api.GET('/api/v1/supervision/timers', { params: { query: { limit: NEXT_TIMERS } } })),
        answer(api.GET('/api/v1/supervision/pressing', { params: { query } })),
        answer(api.GET('/api/v1/supervision/flow', { params: { query: { days: DAYS } } })),
        answer(api.GET('/api/v1/supervision/dots', { params: { query } })),
        answer(api.GET('/api/v1/supervision/classes', { params: { query: { ...query, category: undefined } } })),
      ])
      if (turn !== asked) return
      board.value = counted
      timers.value = next
      pressing.value = soon.items
      flow.value = days.items
      dots.value = places.items
      classes.value = kinds.items
      problem.value = null
    } catch (thrown) {
      if (turn === asked) problem.value = asProblem(thrown)
    }
  }

  watch(() => JSON.stringify(filter.value), load, { immediate: true })
  useLive(load)
  return { board, timers, pressing, flow, dots, classes, problem, load }
}
