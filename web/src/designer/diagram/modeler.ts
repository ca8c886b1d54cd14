import '@bpmn-io/properties-panel/dist/assets/properties-panel.css'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'diagram-js-minimap/assets/diagram-js-minimap.css'
import { CreateAppendAnythingModule } from 'bpmn-js-create-append-anything'
import {
  BpmnPropertiesPanelModule,
  BpmnPropertiesProviderModule,
  ZeebePropertiesProviderModule,
} from 'bpmn-js-properties-panel'
import Modeler from 'bpmn-js/lib/Modeler'
import ZeebeBehaviors from 'camunda-bpmn-js-behaviors/lib/camunda-cloud'
import minimap from 'diagram-js-minimap'
import { markRaw } from 'vue'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json'
import type { Language } from '../../time/wording'
import { DIAGRAM_ZH } from '../../words/diagram.zh'
import { houseLanguageModule } from '../feel/houseLanguage'
import type { Expressions } from '../feel/useExpressions'
import '../feel/feel.css'
import { textsIn } from '../texts'
import { OnlyExecutedModule } from './executed'

export type { Modeler }

/** The editor of diagrams with the panel of all properties, in one language. */
export function openedModeler(
  container: HTMLElement,
  panel: HTMLElement,
  language: Language,
  expressions: Expressions,
): Modeler {
  const modeler = new Modeler({
    container,
    propertiesPanel: { parent: panel },
    moddleExtensions: { zeebe },
    additionalModules: [
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      ZeebePropertiesProviderModule,
      ZeebeBehaviors,
      CreateAppendAnythingModule,
      minimap,
      OnlyExecutedModule,
      houseLanguageModule(expressions),
      { translate: ['value', textsIn(language, DIAGRAM_ZH)] },
    ],
  })
  // The library tells elements apart by identity, which a reactive proxy would break.
  return markRaw(modeler)
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** What this desk asks of the library's parts. */
export interface Shape {
  id: string
  type: string
  parent?: Shape
  businessObject: Written
}

export interface Written {
  id: string
  $type: string
  $attrs?: Record<string, string>
  name?: string
  documentation?: { text: string }[]
  extensionElements?: Extensions
  [attribute: string]: unknown
}

export interface Extensions extends Partial<Written> {
  values: Declared[]
}

export interface Declared {
  $type: string
  [attribute: string]: unknown
}

export interface Parts {
  canvas: {
    viewbox: (box?: Box) => { inner: Box; outer: Box }
    addMarker: (element: string, mark: string) => void
    removeMarker: (element: string, mark: string) => void
    scrollToElement: (element: Shape) => void
    getRootElement: () => Shape
  }
  elementRegistry: { get: (id: string) => Shape | undefined; getAll: () => Shape[] }
  overlays: { add: (element: string, kind: string, overlay: object) => void; remove: (which: object) => void }
  selection: { select: (shape: Shape | null) => void; get: () => Shape[] }
  modeling: { updateProperties: (shape: Shape, properties: object) => void }
  bpmnFactory: { create: (kind: string, attributes: object) => Declared }
  commandStack: { undo: () => void; redo: () => void; canUndo: () => boolean; canRedo: () => boolean }
}

export function part<Name extends keyof Parts>(modeler: Modeler, name: Name): Parts[Name] {
  return modeler.get(name) as Parts[Name]
}
