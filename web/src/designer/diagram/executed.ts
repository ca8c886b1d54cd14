/** What is not executed is not offered either; whoever brings it along in a file is told by the check. */
const REFUSED =
  /ad-hoc|adhoc|complex|conditional-(?!flow)|participant|data-store|data-object|event-based-instantiating|instantiat/i
/** Groups of the panel that speak of what is not executed. */
const GROUPS = /(?:Task|Execution)Listeners|adHoc|activeElements|conditionalEvent|outputPropagationAdHoc/i

type Entries = Record<string, unknown>

interface Popups {
  registerProvider: (id: string, priority: number, provider: object) => void
}
interface Panel {
  registerProvider: (priority: number, provider: object) => void
}

const LAST = 100

class OnlyExecutedEntries {
  static $inject = ['popupMenu', 'palette']
  constructor(popups: Popups, palette: Panel) {
    for (const menu of ['bpmn-replace', 'bpmn-append', 'bpmn-create']) popups.registerProvider(menu, LAST, this)
    palette.registerProvider(LAST, this)
  }

  getPopupMenuEntries = () => executed
  getPopupMenuHeaderEntries = () => executed
  getPaletteEntries = () => executed
}

function executed(entries: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([id]) => !REFUSED.test(id)))
}

class OnlyExecutedGroups {
  static $inject = ['propertiesPanel']
  constructor(panel: Panel) {
    panel.registerProvider(LAST, this)
  }

  getGroups() {
    return (groups: { id: string }[]) => groups.filter(({ id }) => !GROUPS.test(id))
  }
}

export const OnlyExecutedModule = {
  __init__: ['onlyExecutedEntries', 'onlyExecutedGroups'],
  onlyExecutedEntries: ['type', OnlyExecutedEntries],
  onlyExecutedGroups: ['type', OnlyExecutedGroups],
}
