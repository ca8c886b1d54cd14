import type { Me } from '../session/session'

/** A queue of tasks: how it is called and what it asks of the list of tasks. */
export interface Queue {
  key: string
  title: string
  query: { mine?: boolean; watched?: boolean; unit?: string; lamp?: 'red' | 'yellow' }
}

/** The queues of a person, the daily one first. */
export function queuesOf(user: Me): Queue[] {
  const queues: Queue[] = [
    { key: 'work', title: 'queues.work', query: {} },
    { key: 'mine', title: 'queues.mine', query: { mine: true } },
  ]
  if (user.unit) queues.push({ key: 'unit', title: 'queues.unit', query: { unit: user.unit.code } })
  queues.push(
    { key: 'watched', title: 'queues.watched', query: { watched: true } },
    { key: 'soon', title: 'queues.soon', query: { lamp: 'yellow' } },
    { key: 'overdue', title: 'queues.overdue', query: { lamp: 'red' } },
  )
  return queues
}

/** The queue with a key, else the first. */
export function queueOf(queues: readonly Queue[], key: unknown): Queue {
  return queues.find((queue) => queue.key === key) ?? queues[0]!
}
