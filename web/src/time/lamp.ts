/** The lamp of a due time, as the server derives it; pure, so that pages turn it by themselves. */

export type Lamp = 'green' | 'yellow' | 'red'

export interface Due {
  warn_at: string | null
  due_at: string | null
}

/** `null` when nothing is due: without a deadline, and while its clock stands still. */
export function lampOf({ warn_at, due_at }: Due, now: Date): Lamp | null {
  if (!due_at) return null
  if (Date.parse(due_at) < now.getTime()) return 'red'
  return warn_at && Date.parse(warn_at) <= now.getTime() ? 'yellow' : 'green'
}
