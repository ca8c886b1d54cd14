import type { Schemas } from '../api/client'

/** How many open cases stand together under one heading. Pure. */
export interface Tally {
  /** What filters the list; empty for those without. */
  key: string
  name: string
  name_en: string
  count: number
}

export type Cell = Schemas['BoardCell']

/** Open cases by stage, within one unit if one is chosen; the largest first. */
export function byStage(cells: readonly Cell[], unit: string | undefined): Tally[] {
  return tallied(cells.filter((cell) => !unit || cell.unit === unit).map((cell) => [cell, cell.stage, '', '']))
}

/** Open cases by responsible unit, within one stage if one is chosen; the largest first. */
export function byUnit(cells: readonly Cell[], stage: string | undefined): Tally[] {
  const wanted = cells.filter((cell) => !stage || cell.stage === stage)
  return tallied(wanted.map((cell) => [cell, cell.unit ?? '', cell.unit_name, cell.unit_name_en]))
}

function tallied(rows: [Cell, string, string, string][]): Tally[] {
  const found = new Map<string, Tally>()
  for (const [cell, key, name, name_en] of rows) {
    const tally = found.get(key) ?? { key, name, name_en, count: 0 }
    found.set(key, { ...tally, count: tally.count + cell.count })
  }
  return [...found.values()].sort((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1))
}

/** The lamps that are counted: what is about to expire, and what has. */
export const LAMPS = ['yellow', 'red'] as const
export type LitLamp = (typeof LAMPS)[number]

/** How many open cases are lit by which lamp. */
export function lit(cells: readonly Cell[]): Record<LitLamp, number> {
  const sum = (lamp: LitLamp) => cells.reduce((found, cell) => found + cell[lamp], 0)
  return { yellow: sum('yellow'), red: sum('red') }
}
