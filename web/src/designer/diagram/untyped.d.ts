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
