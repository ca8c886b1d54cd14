/** How a case is drawn on its diagram. Pure. */
export interface Marked {
  element: string
  mark: 'passed' | 'waiting' | 'faulted'
}

export interface Passage {
  passed: Record<string, number>
  waiting: Record<string, number>
  faulted: Record<string, number>
}

/** The mark of each element; one that waits or stands still is not only passed. */
export function marks({ passed, waiting, faulted }: Passage): Marked[] {
  const marked = new Map<string, Marked['mark']>()
  for (const element of Object.keys(passed)) marked.set(element, 'passed')
  for (const element of Object.keys(waiting)) marked.set(element, 'waiting')
  for (const element of Object.keys(faulted)) marked.set(element, 'faulted')
  return [...marked].map(([element, mark]) => ({ element, mark }))
}
