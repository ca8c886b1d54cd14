import type { FormField } from '../../forms/form'

/** Where fields stand: rows from top to bottom, in each of them side by side. Pure. */

export type Layout = FormField[][]
export type Direction = 'up' | 'down' | 'left' | 'right'

/** In a row beside others, or in a new row of its own before one. */
export interface Place {
  row: number
  column: number | null
}

export function placeOf(layout: Layout, name: string): { row: number; column: number } {
  const row = layout.findIndex((each) => each.some(({ field }) => field === name))
  return { row, column: layout[row]?.findIndex(({ field }) => field === name) ?? -1 }
}

/** A field put at a place that is meant before it leaves its own. */
export function placed(layout: Layout, name: string, place: Place): Layout {
  const from = placeOf(layout, name)
  const field = layout[from.row]?.[from.column]
  if (!field) return layout
  const rows: Layout = layout.map((row) => row.filter((each) => each !== field))
  if (place.column === null) rows.splice(place.row, 0, [field])
  else rows[place.row] = inserted(layout[place.row]!, field, place.column)
  return rows.filter((row) => row.length > 0)
}

function inserted(row: FormField[], field: FormField, column: number): FormField[] {
  const before = row.slice(0, column).filter((each) => each !== field)
  return [...before, field, ...row.slice(column).filter((each) => each !== field)]
}

/** One step: up and down into rows of its own, left and right among neighbours, over the edge into the next row. */
export function moved(layout: Layout, name: string, direction: Direction): Layout {
  const place = whereTo(layout, name, direction)
  return place ? placed(layout, name, place) : layout
}

function whereTo(layout: Layout, name: string, direction: Direction): Place | null {
  const { row, column } = placeOf(layout, name)
  return direction === 'up' || direction === 'down'
    ? upOrDown(layout, row, direction)
    : leftOrRight(layout, row, column, direction)
}

function upOrDown(layout: Layout, row: number, direction: 'up' | 'down'): Place | null {
  const step = layout[row]!.length === 1 ? 1 : 0
  const to = direction === 'up' ? row - step : row + 1 + step
  return to < 0 || to > layout.length ? null : { row: to, column: null }
}

function leftOrRight(layout: Layout, row: number, column: number, direction: 'left' | 'right'): Place | null {
  const isLeft = direction === 'left'
  const isAtEdge = column === (isLeft ? 0 : layout[row]!.length - 1)
  // Before the one on the left; behind the one on the right.
  if (!isAtEdge) return { row, column: isLeft ? column - 1 : column + 2 }
  const next = layout[isLeft ? row - 1 : row + 1]
  return next ? { row: isLeft ? row - 1 : row + 1, column: isLeft ? next.length : 0 } : null
}
