/** Libraries that come without types, as far as they are used here. */
declare module 'bpmn-js-properties-panel' {
  export const BpmnPropertiesPanelModule: Record<string, never>
  export const BpmnPropertiesProviderModule: Record<string, never>
  export const ZeebePropertiesProviderModule: Record<string, never>
}
declare module 'bpmn-js-create-append-anything' {
  export const CreateAppendAnythingModule: Record<string, never>
}
declare module 'diagram-js-minimap' {
  const module: Record<string, never>
  export default module
}
declare module 'camunda-bpmn-js-behaviors/lib/camunda-cloud' {
  const module: Record<string, never>
  export default module
}
declare module 'zeebe-bpmn-moddle/resources/zeebe.json' {
  const dialect: object
  export default dialect
}
declare module 'bpmn-js-i18n/translations/zn.js' {
  const texts: Record<string, string>
  export default texts
}
declare module 'bpmn-auto-layout' {
  export function layoutProcess(source: string): Promise<string>
}
declare module '@bpmn-io/feel-editor' {
  export default class FeelEditor {
    constructor(options: {
      container: HTMLElement
      value: string
      variables: readonly object[]
      builtins: readonly object[]
      parserDialect: string
      readOnly: boolean
      contentAttributes: Record<string, string>
      extensions: readonly unknown[]
      onChange: (text: string) => void
    })
    setValue(text: string): void
    setVariables(variables: readonly object[]): void
    focus(position?: number): void
  }
}
declare module '@bpmn-io/properties-panel' {
  export const Group: (props: object) => unknown
  export const FeelLanguageContext: { Provider: (props: object) => unknown }
}
declare module '@bpmn-io/properties-panel/preact/jsx-runtime' {
  export function jsx(component: unknown, props: object): unknown
}
