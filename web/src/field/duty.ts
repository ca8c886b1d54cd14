import { answer, api, type Schemas } from '../api/client'
import type { Geometry } from './outline'

export type DutyGrid = Schemas['DutyGridShown']

export interface Duty {
  grid: DutyGrid
  boundaries: { code: string; geometry: Geometry }[]
}

const DAYS = 7

/** The duty grids that a person walks, with the boundaries of their unit grids. */
export async function dutiesOf(username: string): Promise<Duty[]> {
  const params = { query: { inspector: username, limit: 20 } }
  const { items } = await answer(api.GET('/api/v1/duty-grids', { params }))
  return Promise.all(
    items.map(async (grid) => ({ grid, boundaries: await Promise.all(grid.unit_grids.map(boundary)) })),
  )
}

async function boundary(code: string): Promise<{ code: string; geometry: Geometry }> {
  const { geometry } = await answer(api.GET('/api/v1/grids/{grid}', { params: { path: { grid: code } } }))
  return { code, geometry: geometry as unknown as Geometry }
}

/** Whether a shift is on at a moment, as the clock on the wall shows it: one that ends before it starts goes over midnight. */
export function isOn(shift: DutyGrid['shifts'][number], now: Date): boolean {
  const clock = now.toTimeString().slice(0, 8)
  const today = weekday(now)
  const [start, end] = [shift.start.slice(0, 8), shift.end.slice(0, 8)]
  if (start < end) return shift.weekdays.includes(today) && start <= clock && clock < end
  const yesterday = ((today + DAYS - 2) % DAYS) + 1
  return (shift.weekdays.includes(today) && start <= clock) || (shift.weekdays.includes(yesterday) && clock < end)
}

/** Monday is 1, Sunday 7. */
function weekday(day: Date): number {
  return day.getDay() || DAYS
}
