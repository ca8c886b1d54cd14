import { PROPERTIES, withAttribute, withPair, type AttributeName } from './declared'
import { withBound, withTemplate, type Binding, type Template } from './templates'
import { part, type Declared, type Extensions, type Modeler, type Shape } from './modeler'

/** Writes declarations into elements, each as one step that can be undone. */
export function declaring(modeler: Modeler) {
  const factory = part(modeler, 'bpmnFactory')
  const modeling = part(modeler, 'modeling')
  const make = (kind: string, attributes: object) => factory.create(kind, attributes)

  /** Also sets attributes of the element itself, in the same step. */
  function rewrite(shape: Shape, change: (values: readonly Declared[]) => Declared[], attributes = {}): void {
    const before = shape.businessObject.extensionElements
    const values = change(before?.values ?? [])
    const after = make('bpmn:ExtensionElements', { values }) as unknown as Extensions & { $parent: unknown }
    after.$parent = shape.businessObject
    for (const value of values) value.$parent = after
    modeling.updateProperties(shape, { ...attributes, extensionElements: values.length ? after : undefined })
  }

  return {
    name: (shape: Shape, name: string) => modeling.updateProperties(shape, { name: name || undefined }),
    documentation(shape: Shape, text: string): void {
      const documentation = text ? [make('bpmn:Documentation', { text })] : []
      modeling.updateProperties(shape, { documentation })
    },
    attribute: (shape: Shape, name: AttributeName, text: string) =>
      rewrite(shape, (values) => withAttribute(values, name, text, make)),
    property: (shape: Shape, name: string, text: string) =>
      rewrite(shape, (values) => withPair(values, PROPERTIES, name, text, make)),
    /** Ask an outside system by its template; none leaves what was filled in beside it. */
    template: (shape: Shape, wanted: Template | undefined, before: Template | undefined) =>
      rewrite(shape, (values) => withTemplate(values, wanted, before, make), { modelerTemplate: wanted?.id }),
    templateField: (shape: Shape, binding: Binding, text: string) =>
      rewrite(shape, (values) => withBound(values, binding, text, make)),
    condition(id: string, text: string): void {
      const flow = part(modeler, 'elementRegistry').get(id)
      const conditionExpression = text ? make('bpmn:FormalExpression', { body: `=${text}` }) : undefined
      if (flow) modeling.updateProperties(flow, { conditionExpression })
    },
    defaultWay(gateway: Shape, id: string): void {
      const flow = part(modeler, 'elementRegistry').get(id)
      if (flow) modeling.updateProperties(gateway, { default: flow.businessObject })
    },
  }
}
