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
import { HOUSE_LANGUAGE, type Offer } from '../feel/offers'
import '../feel/feel.css'
import { textsIn } from '../texts'

/** Completes the library's own reading of what a decision requires by the facts of a case and the functions. */
function houseWords(offers: () => Offer[]) {
  class HouseWords {
    static $inject = ['variableResolver']
    constructor(resolver: { registerProvider: (provider: object) => void }) {
      resolver.registerProvider(this)
    }

    getVariables(required: Offer[]): Offer[] {
      const words = offers()
      const known = new Map(words.map((word) => [word.name, word]))
      return [
        ...required.map((variable) => known.get(variable.name) ?? variable),
        ...words.filter(({ type }) => type === 'function'),
      ]
    }
  }
  return { __init__: ['houseWords'], houseWords: ['type', HouseWords] }
}

/** The editor of decision models, in one language. */
export function openedDecisions(container: HTMLElement, language: Language, offers: () => Offer[]): Modeler {
  const translate = textsIn(language, { ...DIAGRAM_ZH, ...DECISION_ZH })
  // Modules that all views share would be replaced by each view's own.
  const drd = { additionalModules: [{ translate: ['value', translate] }] }
  const view = {
    additionalModules: [...drd.additionalModules, houseWords(offers)],
    feelLanguageContext: HOUSE_LANGUAGE,
  }
  return markRaw(new Modeler({ container, drd, decisionTable: view, literalExpression: view, boxedExpression: view }))
}
