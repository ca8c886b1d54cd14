import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem, unreached } from '../src/problems/problem'
import { PATIENCE_MS, useReading } from '../src/field/reading'

const shelf = new Map<string, unknown>()
vi.mock('../src/field/store', () => ({
  get: async (name: string) => shelf.get(name),
  keep: async (name: string, value: unknown) => shelf.set(name, value),
}))

/** Questions that are answered when the test says so. */
function questions() {
  const open: { answer: (value: string) => void; fail: (why: unknown) => void }[] = []
  const ask = () => new Promise<string>((answer, fail) => open.push({ answer, fail }))
  return { open, ask }
}

const settled = () => vi.advanceTimersByTimeAsync(0)

describe('what the field page reads', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    shelf.clear()
  })

  it('shows what was read last while a weak network keeps the answer, and the answer once it comes', async () => {
    shelf.set('tasks', 'before')
    const { ask, open } = questions()
    const { isOld, load, value } = useReading('tasks', ask)
    const loading = load()
    await vi.advanceTimersByTimeAsync(PATIENCE_MS - 1)
    expect(value.value).toBeNull()
    await vi.advanceTimersByTimeAsync(1)
    expect([value.value, isOld.value]).toEqual(['before', true])
    open[0]!.answer('now')
    await loading
    expect([value.value, isOld.value, shelf.get('tasks')]).toEqual(['now', false, 'now'])
  })

  it('waits on where nothing was read before', async () => {
    const { ask, open } = questions()
    const { isOld, load, problem, value } = useReading('tasks', ask)
    const loading = load()
    await vi.advanceTimersByTimeAsync(2 * PATIENCE_MS)
    expect([value.value, isOld.value, problem.value]).toEqual([null, false, null])
    open[0]!.answer('now')
    await loading
    expect(value.value).toBe('now')
  })

  it('is not set back by an answer that was asked for earlier', async () => {
    const { ask, open } = questions()
    const { load, value } = useReading('tasks', ask)
    const both = [load(), load()]
    open[1]!.answer('later')
    await settled()
    open[0]!.answer('earlier')
    await Promise.all(both)
    expect([value.value, shelf.get('tasks')]).toEqual(['later', 'later'])
  })

  it('shows what was read last without a network, and a refusal as such', async () => {
    shelf.set('tasks', 'before')
    const { ask, open } = questions()
    const { isOld, load, problem, value } = useReading('tasks', ask)
    const cut = load()
    open[0]!.fail(unreached())
    await cut
    expect([value.value, isOld.value, problem.value]).toEqual(['before', true, null])
    const refused = load()
    open[1]!.fail(new Problem(403, 'forbidden', '不是您的', 'not yours'))
    await refused
    expect(problem.value?.status).toBe(403)
  })
})
