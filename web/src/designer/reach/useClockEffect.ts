import { shallowRef } from 'vue'
import { effectOf, type CalendarRows, type RowChange } from './rows'

export type ClockEffect = Awaited<ReturnType<typeof effectOf>>

/** What open deadlines would do under other rows of a calendar: found whenever a change of it is only looked at. */
export function useClockEffect(calendar: string) {
  const effect = shallowRef<ClockEffect | null>(null)

  function foreseeing(rows: CalendarRows, change: RowChange): RowChange {
    return async (seen, manner) => {
      if (manner.preview) effect.value = await effectOf(calendar, rows)
      return change(seen, manner)
    }
  }

  return { effect, foreseeing }
}
