import { shallowRef, type Ref } from 'vue'
import { answer, api, type Schemas } from '../api/client'
import { keyed } from '../api/keys'
import { useAttempt } from '../api/useAttempt'

export const WAYS = ['subtasks', 'delegate', 'resolve', 'assign'] as const
export type Way = (typeof WAYS)[number]

/** A task done with others: lent and given back, split into parts, given to somebody. */
export function useSharing(id: Ref<string>) {
  const helpers = shallowRef<Schemas['Helpers']>({ people: [], groups: [] })
  const { problem, isBusy, attempt } = useAttempt()
  const addressed = (key: string, task = id.value) => ({ path: { task }, header: keyed(key) })

  /** Ask who may help. */
  async function load(): Promise<void> {
    const params = { path: { task: id.value } }
    // Without them nobody can be chosen, and the dialog says so.
    helpers.value = await answer(api.GET('/api/v1/tasks/{task}/helpers', { params })).catch(() => helpers.value)
  }

  const lend = (assignee: string) =>
    attempt(`delegate ${id.value} ${assignee}`, (key) =>
      answer(api.POST('/api/v1/tasks/{task}/delegate', { params: addressed(key), body: { assignee } })),
    )

  const give = (assignee: string) =>
    attempt(`assign ${id.value} ${assignee}`, (key) =>
      answer(api.POST('/api/v1/tasks/{task}/assign', { params: addressed(key), body: { assignee } })),
    )

  const giveBack = (comment: string) =>
    attempt(`resolve ${id.value} ${comment}`, (key) =>
      answer(api.POST('/api/v1/tasks/{task}/resolve', { params: addressed(key), body: { comment } })),
    )

  /** Let somebody do a part: `user:7`, or everybody of a group such as `clerk@U12`. */
  const split = (name: string, who: string) => {
    const part = who.startsWith('user:') ? { name, assignee: who } : { name, groups: [who] }
    return attempt(`split ${id.value} ${name} ${who}`, (key) =>
      answer(api.POST('/api/v1/tasks/{task}/subtasks', { params: addressed(key), body: { subtasks: [part] } })),
    )
  }

  const withdraw = (part: string) =>
    attempt(`withdraw ${part}`, (key) =>
      answer(api.POST('/api/v1/tasks/{task}/withdraw', { params: addressed(key, part), body: {} })),
    )

  return { helpers, problem, isBusy, load, lend, give, giveBack, split, withdraw }
}
