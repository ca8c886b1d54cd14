import 'dmn-js/dist/assets/diagram-js.css'
import 'dmn-js/dist/assets/dmn-font/css/dmn.css'
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css'
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css'
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css'
import 'dmn-js/dist/assets/dmn-js-decision-table.css'
import 'dmn-js/dist/assets/dmn-js-drd.css'
import 'dmn-js/dist/assets/dmn-js-literal-expression.css'
import 'dmn-js/dist/assets/dmn-js-shared.css'
import Modeler from 'dmn-js/lib/Modeler'
import { markRaw } from 'vue'
import type { Language } from '../../time/wording'
import { DECISION_ZH } from '../../words/decision.zh'
import { DIAGRAM_ZH } from '../../words/diagram.zh'
import { textsIn } from '../texts'

/** The editor of decision models, in one language. */
export function openedDecisions(container: HTMLElement, language: Language): Modeler {
  const translate = textsIn(language, { ...DIAGRAM_ZH, ...DECISION_ZH })
  // Modules that all views share would be replaced by each view's own.
  const view = { additionalModules: [{ translate: ['value', translate] }] }
  return markRaw(
    new Modeler({ container, drd: view, decisionTable: view, literalExpression: view, boxedExpression: view }),
  )
}
