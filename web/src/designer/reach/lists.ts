import { answer, api, type Schemas } from '../../api/client'
import { over, PAGE, type RowChange } from './rows'

/** Rows of the three responsibility lists, as one shape: what a row is about, and which units answer as what. */
export const LISTS = ['area', 'boundary', 'facility'] as const
export type ListName = (typeof LISTS)[number]
export type Role = 'unit' | 'owner' | 'manager' | 'maintainer'

/** A unit that answers in one role; an empty code where nobody does. */
export interface Answering {
  role: Role
  code: string
  name: string
}

export interface ListRow {
  key: string
  /** Where; empty for everywhere, or for a line or area of its own. */
  place: string
  /** About what; empty for everything. */
  category: string
  note: string
  answering: Answering[]
  /** The row with other units, and nothing else changed. */
  assigning: (units: Partial<Record<Role, string>>) => RowChange
}

type AreaRow = Schemas['AreaRowShown']
type BoundaryRow = Schemas['BoundaryRowShown']
type FacilityRow = Schemas['FacilityRowShown']

/** The rows of a list about what the cases of a process are about, the first hundred that hold the text. */
export async function listedRows(list: ListName, process: string, text: string) {
  const params = { query: { process, limit: PAGE, ...(text ? { text } : {}) } }
  if (list === 'area') return shownAs(areaRow, await answer(api.GET('/api/v1/responsibilities/area', { params })))
  if (list === 'boundary')
    return shownAs(boundaryRow, await answer(api.GET('/api/v1/responsibilities/boundary', { params })))
  return shownAs(facilityRow, await answer(api.GET('/api/v1/responsibilities/facility', { params })))
}

function shownAs<Row>(shape: (row: Row) => ListRow, listed: { items: Row[]; count: number; version: number }) {
  return { items: listed.items.map(shape), count: listed.count, version: listed.version }
}

function areaRow({ key, place, category, unit, note, ...named }: AreaRow): ListRow {
  return {
    key,
    note,
    place: named.place_name,
    category: named.category_name,
    answering: [{ role: 'unit', code: unit, name: named.unit_name }],
    assigning: (units) => (seen, query) => {
      const params = { path: { row: key }, query, header: over(seen) }
      const body = { place, category, note, unit: units.unit ?? unit }
      return answer(api.PUT('/api/v1/responsibilities/area/{row}', { params, body }))
    },
  }
}

function boundaryRow({ key, category, unit, against, reach_metres, note, geometry, ...named }: BoundaryRow): ListRow {
  return {
    key,
    note,
    place: '',
    category: named.category_name,
    answering: [{ role: 'unit', code: unit, name: named.unit_name }],
    assigning: (units) => (seen, query) => {
      const params = { path: { row: key }, query, header: over(seen) }
      const body = { category, reach_metres, note, geometry, against: [...against], unit: units.unit ?? unit }
      return answer(api.PUT('/api/v1/responsibilities/boundary/{row}', { params, body }))
    },
  }
}

function facilityRow({
  key,
  category,
  component,
  place,
  note,
  owner,
  manager,
  maintainer,
  ...named
}: FacilityRow): ListRow {
  const now = { owner, manager, maintainer }
  return {
    key,
    note,
    place: component || named.place_name,
    category: named.category_name,
    answering: (['owner', 'manager', 'maintainer'] as const).map((role) => {
      return { role, code: now[role], name: named[`${role}_name`] }
    }),
    assigning: (units) => (seen, query) => {
      const params = { path: { row: key }, query, header: over(seen) }
      const body = { category, component, place, note, ...now, ...units }
      return answer(api.PUT('/api/v1/responsibilities/facility/{row}', { params, body }))
    },
  }
}
