import { onMounted, ref, shallowRef, watch } from 'vue'
import { asProblem, type Problem } from '../../problems/problem'
import type { RowChange } from './rows'

const PAUSE_MS = 250

interface Listed<Row> {
  items: Row[]
  count: number
  /** Of their register. */
  version: number
}

interface Done {
  title: string
  /** Puts the row back as it was, as one more version. */
  back: RowChange
}

/** Rows that are searched and changed one by one; the last change can be taken back. */
export function useRows<Row>(list: (text: string) => Promise<Listed<Row>>) {
  const text = ref('')
  const found = shallowRef<Listed<Row> | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const done = shallowRef<Done | null>(null)
  /** The row that is being changed, by its key. */
  const editing = ref<string | null>(null)
  let asked = 0
  let waiting: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const mine = ++asked
    try {
      const listed = await list(text.value.trim())
      if (mine !== asked) return
      found.value = listed
      problem.value = null
    } catch (thrown) {
      if (mine === asked) problem.value = asProblem(thrown)
    }
  }

  async function carriedOut(title: string, back: RowChange): Promise<void> {
    editing.value = null
    await load()
    done.value = { title, back }
  }

  async function undo(): Promise<void> {
    const { title, back } = done.value!
    try {
      await back(found.value!.version, { preview: false, note: title })
      done.value = null
      await load()
    } catch (thrown) {
      problem.value = asProblem(thrown)
    }
  }

  /** Other rows from now on: what was changed among the former ones is no longer taken back here. */
  function anew(): void {
    editing.value = done.value = found.value = null
    void load()
  }

  watch(text, () => {
    clearTimeout(waiting)
    waiting = setTimeout(load, PAUSE_MS)
  })
  onMounted(load)
  return { text, found, problem, done, editing, load, anew, carriedOut, undo }
}
