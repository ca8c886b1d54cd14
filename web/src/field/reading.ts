import { shallowRef, type ShallowRef } from 'vue'
import { asProblem, UNREACHED, type Problem } from '../problems/problem'
import { get, keep } from './store'

/** A weak network may keep an answer for minutes: so long it is waited for before what was read last is shown. */
export const PATIENCE_MS = 2_000

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
  /** Turns at asking are counted; the last that was answered decides what is shown. */
  let [asked, answered] = [0, 0]

  async function load(): Promise<void> {
    const turn = ++asked
    const late = setTimeout(() => recall(turn), PATIENCE_MS)
    try {
      const found = await ask()
      if (turn < answered) return
      answered = turn
      show(found, false)
      await keep(name, found)
    } catch (thrown) {
      const found = asProblem(thrown)
      if (turn < answered || (found.status === UNREACHED && (await recall(turn)))) return
      problem.value = found
    } finally {
      clearTimeout(late)
    }
  }

  /** Show what was read last, unless the answer has come meanwhile; whether there is anything. */
  async function recall(turn: number): Promise<boolean> {
    const kept = value.value ?? (await get<Value>(name))
    if (kept === undefined) return false
    if (turn > answered) show(kept, true)
    return true
  }

  function show(found: Value, isFromBefore: boolean): void {
    value.value = found
    isOld.value = isFromBefore
    problem.value = null
  }

  return { value, isOld, problem, load }
}
