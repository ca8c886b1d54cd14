import type { Usage } from '../photos/upload'

const USAGES: Record<string, Usage> = { confirmation: 'confirmation', disposal: 'after', verification: 'verification' }

/** What a photo shows that is added to a form at a stage; at any other stage it is an attachment. */
export function usageFor(stage: string | undefined): Usage {
  return USAGES[stage ?? ''] ?? 'attachment'
}
