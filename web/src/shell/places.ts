export interface Place {
  to: string
  title: string
  /** The permissions without which there is nothing to do there. */
  needs?: readonly string[]
  /** Whoever has one of these works elsewhere. */
  lacks?: readonly string[]
  /** Others are led there to look at something. */
  isShown?: boolean
  /** A page of its own, which this one is left for. */
  isApart?: boolean
}

/** Where the bar at the top leads. */
const places: readonly Place[] = [
  { to: '/inbox', title: 'nav.inbox', needs: ['task.perform'], isShown: true },
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

type May = (permission: string) => boolean

/** Those that somebody has something to do at. */
export function placesFor(may: May): Place[] {
  return places.filter(({ needs = [], lacks = [] }) => needs.every(may) && !lacks.some(may))
}

/** Whether somebody may be where he is; what stands in no bar decides for itself. */
export function isOpenTo(may: May, path: string): boolean {
  return places.find(({ to, isShown }) => to === path && !isShown)?.needs?.every(may) ?? true
}
