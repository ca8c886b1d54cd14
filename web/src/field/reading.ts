import { shallowRef, type ShallowRef } from 'vue'
import { asProblem, UNREACHED, type Problem } from '../problems/problem'
import { get, keep } from './store'

export interface Reading<Value> {
  value: ShallowRef<Value | null>
  /** Whether what is shown was read before and not now. */
  isOld: ShallowRef<boolean>
  problem: ShallowRef<Problem | null>
  load: () => Promise<void>
}

/** Something the server is asked for; without a network, what it answered last. */
export function useReading<Value>(name: string, ask: () => Promise<Value>): Reading<Value> {
  const value = shallowRef<Value | null>(null)
  const isOld = shallowRef(false)
  const problem = shallowRef<Problem | null>(null)

  async function load(): Promise<void> {
    try {
      value.value = await ask()
      isOld.value = false
      problem.value = null
      await keep(name, value.value)
    } catch (thrown) {
      const found = asProblem(thrown)
      const kept = found.status === UNREACHED ? await get<Value>(name) : undefined
      if (kept === undefined) return void (problem.value = found)
      value.value = kept
      isOld.value = true
      problem.value = null
    }
  }

  return { value, isOld, problem, load }
}
