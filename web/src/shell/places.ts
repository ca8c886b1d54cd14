export interface Place {
  to: string
  title: string
  /** The permissions without which there is nothing to do there. */
  needs?: readonly string[]
  /** Whoever has one of these works elsewhere. */
  lacks?: readonly string[]
  /** A page of its own, which this one is left for. */
  isApart?: boolean
}

/** Where the bar at the top leads. */
const places: readonly Place[] = [
  { to: '/inbox', title: 'nav.inbox', needs: ['task.perform'] },
  { to: '/register', title: 'nav.report', needs: ['case.report', 'case.read.all'] },
  { to: '/dispatch', title: 'nav.dispatch', needs: ['task.assign', 'task.perform'] },
  { to: '/board', title: 'nav.board', needs: ['supervision.read'] },
  { to: '/design', title: 'nav.design', needs: ['process.read'] },
  { to: '/cases', title: 'nav.cases' },
  {
    to: '/field',
    title: 'nav.field',
    needs: ['media.upload', 'task.perform'],
    lacks: ['case.read.all', 'supervision.read'],
    isApart: true,
  },
]

/** Those that are open to somebody. */
export function placesFor(may: (permission: string) => boolean): Place[] {
  return places.filter(({ needs = [], lacks = [] }) => needs.every(may) && !lacks.some(may))
}
