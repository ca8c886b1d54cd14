import { answer, api, tagged, type Schemas } from '../../api/client'

/** Files of scenarios beside a process, as the server keeps them. */
export type StoryFile = Schemas['ScenarioFileSummary']

export interface Story {
  title: string
  text: string
}

export type StoryFiles = ReturnType<typeof storyFiles>

const over = (seen: number) => ({ 'If-Match': `"${seen}"` })
const NAME_BYTES = 6

/** A name that no other file has; people see the title. */
export function newName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(NAME_BYTES))
  return `s-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** The routes of the files beside one process; each throws what it is refused with. */
export function storyFiles(process: string) {
  const list = '/api/v1/processes/{process}/scenarios' as const
  const one = '/api/v1/processes/{process}/scenarios/{scenario}' as const
  return {
    list: async () => (await answer(api.GET(list, { params: { path: { process } } }))).items,
    async read(scenario: string) {
      const { data, version } = await tagged(api.GET(one, { params: { path: { process, scenario } } }))
      return { value: { title: data.title, text: data.text }, version }
    },
    async save(scenario: string, body: Story, seen: number) {
      const params = { path: { process, scenario }, header: over(seen) }
      return (await answer(api.PUT(one, { params, body }))).version
    },
    /** The version under which it can be kept again. */
    async remove(scenario: string, seen: number) {
      const params = { path: { process, scenario }, header: over(seen) }
      return (await answer(api.DELETE(one, { params }))).version
    },
  }
}
