import { shallowRef, watch, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { useLive } from '../live/useLive'
import { asProblem, type Problem } from '../problems/problem'

export type RunningInstance = Schemas['Instance'] & {
  name: string
  name_en: string
  source: string
  /** The instance that called it; `null` for one that nobody called. */
  caller: string | null
}

const MANY = 50

/** What operators look after in one case: where it stands still, what went out, what nobody took, what runs. */
export function useOperations(id: Ref<number>) {
  const faults = shallowRef<readonly Schemas['OpenFault'][]>([])
  const deliveries = shallowRef<readonly Schemas['Delivery'][]>([])
  const messages = shallowRef<readonly Schemas['Message'][]>([])
  const instances = shallowRef<readonly RunningInstance[]>([])
  const problem = shallowRef<Problem | null>(null)

  async function load(): Promise<void> {
    const [wanted, query] = [id.value, { case: id.value, limit: MANY }]
    try {
      const [standing, sent, running, kept] = await Promise.all([
        answer(api.GET('/api/v1/faults', { params: { query } })),
        answer(api.GET('/api/v1/deliveries', { params: { query } })),
        runningIn(wanted),
        keptFor(wanted),
      ])
      if (wanted !== id.value) return
      faults.value = standing.items
      deliveries.value = sent.items
      instances.value = running
      messages.value = kept
      problem.value = null
    } catch (thrown) {
      problem.value = asProblem(thrown)
    }
  }

  watch(id, load, { immediate: true })
  useLive(load, (event) => event.case === id.value)
  return { faults, deliveries, messages, instances, problem, load }
}

async function runningIn(id: number): Promise<RunningInstance[]> {
  const diagrams = await answer(api.GET('/api/v1/cases/{case}/diagram', { params: { path: { case: String(id) } } }))
  const open = diagrams.items.filter(({ is_open }) => is_open)
  return Promise.all(
    open.map(async ({ instance, name, name_en, source, caller }) => {
      const params = { path: { instance } }
      const found = await answer(api.GET('/api/v1/instances/{instance}', { params }))
      return { ...found, name, name_en, source, caller }
    }),
  )
}

/** Messages that the case waits for and did not get: they belong to no case before they are taken. */
async function keptFor(id: number): Promise<Schemas['Message'][]> {
  const { items: waits } = await answer(
    api.GET('/api/v1/cases/{case}/waits', { params: { path: { case: String(id) } } }),
  )
  const awaited = waits.filter(({ kind }) => kind === 'message')
  const found = await Promise.all(awaited.map(({ message, key }) => keptUnder(message!, key!)))
  return found.flat()
}

/** Only those who see every case see messages that nobody took. */
async function keptUnder(name: string, key: string): Promise<Schemas['Message'][]> {
  const query = { name, key, limit: MANY }
  return (await answer(api.GET('/api/v1/messages', { params: { query } })).catch(() => null))?.items ?? []
}
