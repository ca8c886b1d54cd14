import type { Schemas } from '../../api/client'
import type { Mark } from '../diagram/marks'

/** What stories come to on a diagram. Pure. */
export type Played = Schemas['ScenariosPlayed']

/** Where a first story begins: reported by an inspector, looked at right after. */
export const FIRST_STORY = `given:
  report: {by: inspector, channel: inspector, subcategory: component-0101}
scenarios:
  - name: first
    title: 上报以后 / After the report
    steps:
      - wait: PT10M
    then:
      stages: [report, acceptance]
`

/** What all stories together pass of a diagram, and what none of them does. */
export function coverageMarks(played: Played | null, process: string): Mark[] {
  const found = played?.coverage.find((each) => each.process === process)
  if (!found) return []
  const { elements, flows } = found
  const marked = (ids: readonly string[], mark: string) => ids.map((element) => ({ element, mark }))
  return [
    ...marked([...elements.passed, ...flows.passed], 'covered'),
    ...marked([...elements.missed, ...flows.missed], 'missed'),
  ]
}

/** How many of a hundred flows of a diagram are passed; nothing when no story came through it. */
export function sharePassed(played: Played | null, process: string): number | null {
  const found = played?.coverage.find((each) => each.process === process)
  return found ? Math.round(100 * found.share) : null
}

/** How many stories did not go as they are told, those of files that cannot be read at all counted as one each. */
export function failedIn(played: Played | null): number {
  return played ? played.unreadable.length + played.scenarios.filter(({ passed }) => !passed).length : 0
}

/** Whether a kept file failed when it was played last. */
export function failedBeside(played: Played | null, file: string): boolean {
  if (!played) return false
  const isUnreadable = played.unreadable.some((each) => each.file === file)
  return isUnreadable || played.scenarios.some((each) => each.file === file && !each.passed)
}
