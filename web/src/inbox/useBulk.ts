import { answer, api, type Schemas } from '../api/client'
import { keyed } from '../api/keys'
import { useBatch } from '../batches/useBatch'

export type BulkVerb = Schemas['ManyTasks']['verb']

/** Many tasks at once, as one batch. */
export function useBulk() {
  const { run: follow, ...batch } = useBatch()

  /** Whether the batch came to its end. */
  function run(verb: BulkVerb, tasks: readonly string[], assignee?: string): Promise<boolean> {
    const body = { verb, tasks: [...tasks], ...(assignee ? { assignee } : {}) }
    return follow(() => answer(api.POST('/api/v1/tasks/bulk', { params: { header: keyed() }, body })))
  }

  return { ...batch, run }
}
