import { ref, type Ref } from 'vue'

const TICK = 15_000
let shared: Ref<Date> | undefined

/** This moment, moving on by itself: what is written about time turns without being asked for again. */
export function useNow(): Ref<Date> {
  if (!shared) {
    const now = ref(new Date())
    setInterval(() => (now.value = new Date()), TICK)
    shared = now
  }
  return shared
}
