import { FeelLanguageContext, Group } from '@bpmn-io/properties-panel'
import { jsx } from '@bpmn-io/properties-panel/preact/jsx-runtime'
import { HOUSE_LANGUAGE } from './offers'
import type { Expressions } from './useExpressions'

type Component = (props: object) => unknown
interface Group_ {
  component?: Component
}

const spoken = new Map<Component, Component>()

/** The same part of the panel, whose expressions speak the language of the house instead of the library's. */
function inHouseLanguage(shown: Component): Component {
  const known = spoken.get(shown)
  if (known) return known
  const made: Component = (props) =>
    jsx(FeelLanguageContext.Provider, { value: HOUSE_LANGUAGE, children: jsx(shown, props) })
  spoken.set(shown, made)
  return made
}

const LAST = 99

class HouseLanguage {
  static $inject = ['propertiesPanel']
  constructor(panel: { registerProvider: (priority: number, provider: object) => void }) {
    panel.registerProvider(LAST, this)
  }

  getGroups() {
    return (groups: Group_[]) =>
      groups.map((group) => ({ ...group, component: inHouseLanguage(group.component ?? Group) }))
  }
}

/** The panel completes what the server says can be named. */
export function houseLanguageModule({ known }: Expressions) {
  return {
    __init__: ['houseLanguage'],
    houseLanguage: ['type', HouseLanguage],
    variableResolver: ['value', { getVariablesForElement: ({ id }: { id: string }) => known(id) }],
  }
}
