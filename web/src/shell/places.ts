export interface Place {
  to: string
  title: string
  /** The permission without which there is nothing to see. */
  needs?: string
}

/** Where the bar at the top leads. */
export const places: readonly Place[] = [
  { to: '/inbox', title: 'nav.inbox', needs: 'task.perform' },
  { to: '/board', title: 'nav.board', needs: 'supervision.read' },
  { to: '/cases', title: 'nav.cases' },
]
