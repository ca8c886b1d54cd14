import { onMounted, ref, shallowRef } from 'vue'
import { asProblem, type Problem } from '../../problems/problem'
import { newName, storyFiles, type Story, type StoryFile } from './files'

interface Removed {
  name: string
  story: Story
  seen: number
}

/** The files of scenarios beside a process: made, chosen, taken away and brought back. */
export function useStories(process: string) {
  const routes = storyFiles(process)
  const files = shallowRef<StoryFile[]>([])
  const chosen = ref<string | null>(null)
  const removed = shallowRef<Removed | null>(null)
  const problem = shallowRef<Problem | null>(null)

  /** Whether it went well; otherwise why not stands in `problem`. */
  async function tried(attempt: () => Promise<void>): Promise<boolean> {
    try {
      await attempt()
      problem.value = null
      return true
    } catch (thrown) {
      problem.value = asProblem(thrown)
      return false
    }
  }

  async function reload(): Promise<void> {
    files.value = await routes.list()
    const isThere = files.value.some(({ name }) => name === chosen.value)
    if (!isThere) chosen.value = files.value[0]?.name ?? null
  }

  const load = () => tried(reload)

  function put(name: string, story: Story, seen: number): Promise<boolean> {
    return tried(async () => {
      await routes.save(name, story, seen)
      chosen.value = name
      await reload()
    })
  }

  const make = (title: string, text: string) => put(newName(), { title, text }, 0)

  async function remove(story: Story, seen: number): Promise<void> {
    const name = chosen.value!
    await tried(async () => {
      removed.value = { name, story, seen: await routes.remove(name, seen) }
      await reload()
    })
  }

  async function undo({ name, story, seen }: Removed): Promise<void> {
    if (await put(name, story, seen)) removed.value = null
  }

  function named(title: string): void {
    files.value = files.value.map((each) => (each.name === chosen.value ? { ...each, title } : each))
  }

  const titleOf = (name: string) => files.value.find((each) => each.name === name)?.title ?? name
  onMounted(load)
  return { routes, files, chosen, removed, problem, load, make, remove, undo, named, titleOf }
}
