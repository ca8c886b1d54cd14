import { scrollbarProps } from 'element-plus'

/** What the kit scrolls, its lists of choices above all, is within reach of the keyboard. */
export function letScrollByKeys(): void {
  Object.assign(scrollbarProps.tabindex, { default: 0 })
}
