export interface Place {
  to: string
  title: string
  /** The permissions without which there is nothing to do there. */
  needs?: readonly string[]
}

/** Where the bar at the top leads. */
const places: readonly Place[] = [
  { to: '/inbox', title: 'nav.inbox', needs: ['task.perform'] },
  { to: '/register', title: 'nav.report', needs: ['case.report', 'case.read.all'] },
  { to: '/dispatch', title: 'nav.dispatch', needs: ['task.assign', 'task.perform'] },
  { to: '/board', title: 'nav.board', needs: ['supervision.read'] },
  { to: '/design', title: 'nav.design', needs: ['process.read'] },
  { to: '/cases', title: 'nav.cases' },
]

/** Those that are open to somebody. */
export function placesFor(may: (permission: string) => boolean): Place[] {
  return places.filter(({ needs = [] }) => needs.every(may))
}
