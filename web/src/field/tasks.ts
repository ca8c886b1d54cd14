import { answer, api, type Schemas } from '../api/client'

export type FieldTask = Schemas['TaskDetail']

/** So many are read in full, so that they can be done without a network. */
const MOST = 40

/** What is mine to do, with forms. */
export async function myTasks(): Promise<FieldTask[]> {
  const list = await answer(api.GET('/api/v1/tasks', { params: { query: { sort: 'due', limit: MOST } } }))
  const details = await Promise.allSettled(
    list.items.map(({ id }) => answer(api.GET('/api/v1/tasks/{task}', { params: { path: { task: id } } }))),
  )
  // Somebody else may have taken one meanwhile.
  const found = details.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  if (list.items.length && !found.length) throw (details[0] as PromiseRejectedResult).reason
  return found
}
