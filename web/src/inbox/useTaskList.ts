import { shallowRef, watch, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { usePagedList, type Count } from '../lists/usePagedList'
import type { Queue } from './queues'

export type Task = Schemas['TaskSummary']
export type TaskOrder = 'opened' | 'due'

/** What is asked of a queue; each stands in the address of the page. */
export interface TasksWanted {
  stage?: string
  sort?: TaskOrder
}

/** The tasks of a queue. */
export function useTaskList(queue: Ref<Queue>, wanted: Ref<TasksWanted>) {
  const query = () => ({ ...queue.value.query, ...wanted.value })
  const {
    items: tasks,
    facets,
    ...list
  } = usePagedList<Task>(query, (page) =>
    answer(api.GET('/api/v1/tasks', { params: { query: { ...query(), ...page } } })),
  )
  const stages = shallowRef<Record<string, Count>>({})
  watch(facets, (found) => {
    // All stages stay to choose from, also while one is chosen.
    if (!wanted.value.stage) stages.value = found.stage ?? {}
  })
  return { ...list, tasks, stages }
}
