import type { FieldSchema, FormField } from '../form'

/** What every widget is given; its value is the model. */
export interface WidgetProps {
  id: string
  field: FormField
  schema: FieldSchema
  disabled: boolean
}
