import { answer, api, type Schemas } from '../api/client'

/** What would follow a decision, in words. */
export interface Follows {
  zh: string
  en: string
}

/** One decision of an operator: previewed it says what would follow, carried out under a key it is done once. */
export type Decide = (reason: string, how: Asked) => Promise<Follows[]>
export interface Asked {
  header: { 'Idempotency-Key': string }
  query: { preview: boolean }
}

export type Hand = 'pause' | 'resume' | 'cancel' | 'variables' | 'move'
export type DeliveryVerb = 'retry' | 'edit' | 'skip'

/** An operator's hand on an instance. */
export function onInstance(instance: string, hand: Hand, asked: object): Decide {
  return async (reason, how) => {
    const sent = { params: { path: { instance }, ...how }, body: { reason, ...asked } as never }
    const calls = {
      pause: () => api.POST('/api/v1/instances/{instance}/pause', sent),
      resume: () => api.POST('/api/v1/instances/{instance}/resume', sent),
      cancel: () => api.POST('/api/v1/instances/{instance}/cancel', sent),
      variables: () => api.POST('/api/v1/instances/{instance}/variables', sent),
      move: () => api.POST('/api/v1/instances/{instance}/move', sent),
    }
    return (await answer<Schemas['InterventionTaken']>(calls[hand]())).follows ?? []
  }
}

/** What is decided about something that an outside system is asked for. */
export function onDelivery(delivery: string, verb: DeliveryVerb, asked: Record<string, unknown>): Decide {
  return async (reason, how) => {
    const params = { path: { delivery }, ...how }
    const calls = {
      retry: () => api.POST('/api/v1/deliveries/{delivery}/retry', { params, body: {} }),
      edit: () => api.POST('/api/v1/deliveries/{delivery}/edit', { params, body: { reason, payload: asked } }),
      skip: () => api.POST('/api/v1/deliveries/{delivery}/skip', { params, body: { reason, result: asked } }),
    }
    const { follows } = await answer<Schemas['Decided']>(calls[verb]())
    return follows ? [follows] : []
  }
}

/** The object that a text of JSON is; `null` for any other text. */
export function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** The nodes of a diagram that a token can be moved to, in the order in which the diagram has them. */
export function nodesOf(source: string): { id: string; name: string }[] {
  const read = new DOMParser().parseFromString(source, 'text/xml')
  return [...read.getElementsByTagName('*')]
    .filter(({ localName }) => /(?:Task|Event|Gateway|Activity|subProcess|^task)$/.test(localName))
    .map((node) => ({ id: node.getAttribute('id') ?? '', name: node.getAttribute('name') ?? '' }))
    .filter(({ id }) => id !== '')
}
