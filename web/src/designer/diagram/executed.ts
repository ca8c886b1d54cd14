/** What is not executed is not offered either; whoever brings it along in a file is told by the check. */
const REFUSED = /complex|participant|data-store|data-object|event-based-instantiating|instantiat/i
/** A condition begins an event sub-process and nothing else. */
const BEGINS_BY_CONDITION = /conditional-start/
/** Groups of the panel that speak of what is not executed, and entries of others. */
const GROUPS = /(?:Task|Execution)Listeners|adHocSubProcessImplementation|outputPropagationAdHoc|^outputCollection/i
const ENTRIES = /^variable(?:Names|Events)$/

type Entries = Record<string, unknown>

interface Target {
  parent?: { businessObject?: { triggeredByEvent?: boolean } }
}
interface Group {
  id: string
  entries?: { id: string }[]
}
interface Popups {
  registerProvider: (id: string, priority: number, provider: object) => void
}
interface Panel {
  registerProvider: (priority: number, provider: object) => void
}

const LAST = 100

/** The entries of a menu that lead to something executed, at an element or anywhere. */
export function executedEntries(entries: Entries, target?: Target): Entries {
  const begins = target?.parent?.businessObject?.triggeredByEvent === true
  const isOffered = (id: string) => !REFUSED.test(id) && (begins || !BEGINS_BY_CONDITION.test(id))
  return Object.fromEntries(Object.entries(entries).filter(([id]) => isOffered(id)))
}

/** The groups of the panel that say something that is executed. */
export function executedGroups<G extends Group>(groups: G[]): G[] {
  const spoken = groups.filter(({ id }) => !GROUPS.test(id))
  return spoken.map((group) =>
    group.entries ? { ...group, entries: group.entries.filter(({ id }) => !ENTRIES.test(id)) } : group,
  )
}

class OnlyExecutedEntries {
  static $inject = ['popupMenu', 'palette']
  constructor(popups: Popups, palette: Panel) {
    for (const menu of ['bpmn-replace', 'bpmn-append', 'bpmn-create']) popups.registerProvider(menu, LAST, this)
    palette.registerProvider(LAST, this)
  }

  getPopupMenuEntries = (target?: Target) => (entries: Entries) => executedEntries(entries, target)
  getPopupMenuHeaderEntries = (target?: Target) => (entries: Entries) => executedEntries(entries, target)
  getPaletteEntries = () => (entries: Entries) => executedEntries(entries)
}

class OnlyExecutedGroups {
  static $inject = ['propertiesPanel']
  constructor(panel: Panel) {
    panel.registerProvider(LAST, this)
  }

  getGroups() {
    return executedGroups
  }
}

export const OnlyExecutedModule = {
  __init__: ['onlyExecutedEntries', 'onlyExecutedGroups'],
  onlyExecutedEntries: ['type', OnlyExecutedEntries],
  onlyExecutedGroups: ['type', OnlyExecutedGroups],
}
