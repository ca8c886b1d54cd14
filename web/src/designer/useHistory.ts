import { computed, shallowRef, watch, type Ref } from 'vue'

const MOST_STEPS = 200

/** Steps back and forward over a text. What is said about one thing in a row is one step. */
export function useHistory(source: Readonly<Ref<string>>, arrival: Ref<number>, change: (text: string) => void) {
  const past = shallowRef<string[]>([])
  const future = shallowRef<string[]>([])
  let latest = ''

  function edit(text: string, what: string): void {
    if (text === source.value) return
    if (what !== latest || !past.value.length) past.value = [...past.value, source.value].slice(-MOST_STEPS)
    future.value = []
    latest = what
    change(text)
  }

  function step(from: typeof past, to: typeof past): void {
    const text = from.value.at(-1)
    if (text === undefined) return
    from.value = from.value.slice(0, -1)
    to.value = [...to.value, source.value]
    latest = ''
    change(text)
  }

  watch(arrival, () => (past.value = future.value = []))
  return {
    edit,
    undo: () => step(past, future),
    redo: () => step(future, past),
    canUndo: computed(() => past.value.length > 0),
    canRedo: computed(() => future.value.length > 0),
  }
}
