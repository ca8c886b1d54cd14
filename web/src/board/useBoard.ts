import { shallowRef } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { useLive } from '../live/useLive'
import { asProblem, type Problem } from '../problems/problem'

const NEXT_TIMERS = 12

/** Open cases by stage and unit, and the timers that are due next, as of the last commit. */
export function useBoard() {
  const board = shallowRef<Schemas['Board'] | null>(null)
  const timers = shallowRef<Schemas['ArmedTimers'] | null>(null)
  const problem = shallowRef<Problem | null>(null)

  async function load(): Promise<void> {
    try {
      ;[board.value, timers.value] = await Promise.all([
        answer(api.GET('/api/v1/supervision/board')),
        answer(api.GET('/api/v1/supervision/timers', { params: { query: { limit: NEXT_TIMERS } } })),
      ])
      problem.value = null
    } catch (thrown) {
      problem.value = asProblem(thrown)
    }
  }

  void load()
  useLive(load)
  return { board, timers, problem, load }
}
