import { computed, reactive, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Queue } from './queues'
import { useFollowing } from './useFollowing'
import { useTaskList, type TaskOrder } from './useTaskList'

/** What a page shows when its address does not say otherwise. */
interface Usual {
  stage?: string
  sort: TaskOrder
}

export type Worklist = ReturnType<typeof useWorklist>

/** A list of tasks and the one that lies on the desk, both as the address of the page says. */
export function useWorklist(queue: Ref<Queue>, usual: Usual) {
  const route = useRoute()
  const router = useRouter()
  const asked = (name: string) => route.query[name] as string | undefined
  const go = (change: Record<string, string | undefined>) => router.replace({ query: { ...route.query, ...change } })

  const current = computed(() => asked('task') || undefined)
  const stage = computed({
    get: () => (asked('stage') ?? usual.stage) || undefined,
    // All stages are asked for by an empty word where one of them is usual.
    set: (chosen) => void go({ stage: chosen || (usual.stage && ''), task: undefined }),
  })
  const sort = computed<TaskOrder>({
    get: () => (['opened', 'due'] as const).find((order) => order === asked('sort')) ?? usual.sort,
    set: (chosen) => void go({ sort: chosen === usual.sort ? undefined : chosen }),
  })
  const list = useTaskList(
    queue,
    computed(() => ({ stage: stage.value, sort: sort.value })),
  )
  const following = useFollowing(list.tasks, current)

  const open = (task: string | undefined) => go({ task })

  function move(step: number): void {
    const place = list.tasks.value.findIndex((task) => task.id === current.value)
    const next = list.tasks.value[Math.min(Math.max(place + step, 0), list.tasks.value.length - 1)]
    if (next) void open(next.id)
  }

  /** The next one opens by itself. */
  async function goOn(): Promise<void> {
    await open(following.value)
    await list.load()
  }

  return reactive({ ...list, stage, sort, current, open, move, goOn })
}
