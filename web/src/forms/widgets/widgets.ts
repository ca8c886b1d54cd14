import { defineAsyncComponent, type Component } from 'vue'
import ChoiceOfFew from './ChoiceOfFew.vue'
import ChoiceOfMany from './ChoiceOfMany.vue'
import ConditionChoice from './ConditionChoice.vue'
import TextArea from './TextArea.vue'
import TextLine from './TextLine.vue'
import UnitChoice from './UnitChoice.vue'
import YesOrNo from './YesOrNo.vue'

const later = (load: () => Promise<{ default: Component }>) => defineAsyncComponent(load)
const DayOrMoment = later(() => import('./DayOrMoment.vue'))

/** What asks for a field, by the name of its widget. */
export const WIDGETS: Record<string, Component> = {
  text: TextLine,
  text_area: TextArea,
  number: later(() => import('./NumberEntry.vue')),
  choice: ChoiceOfFew,
  select: ChoiceOfMany,
  multi_select: ChoiceOfMany,
  checkbox: YesOrNo,
  date: DayOrMoment,
  date_time: DayOrMoment,
  place: later(() => import('./PlaceEntry.vue')),
  photos: later(() => import('./PhotoEntry.vue')),
  unit: UnitChoice,
  condition: ConditionChoice,
  subcategory: later(() => import('./SubcategoryChoice.vue')),
}
