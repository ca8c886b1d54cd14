import { ref, watch, type Ref } from 'vue'
import type { Task } from './useTaskList'

/**
 * The task after the current one, else the one before. Kept while the list moves on: what was completed may be gone
 * from it before the page is told that it was completed.
 */
export function useFollowing(tasks: Ref<readonly Task[]>, current: Ref<string | undefined>): Ref<string | undefined> {
  const following = ref<string>()
  watch(
    [tasks, current],
    () => {
      const place = tasks.value.findIndex((task) => task.id === current.value)
      if (place >= 0) following.value = (tasks.value[place + 1] ?? tasks.value[place - 1])?.id
    },
    { immediate: true },
  )
  return following
}
