import { onMounted, onUnmounted } from 'vue'
import { isTyping } from '../shell/typing'

export interface InboxActions {
  next: () => void
  previous: () => void
  claim: () => void
  draft: () => void
  complete: () => void
  help: () => void
}

const PLAIN: Record<string, keyof InboxActions> = {
  j: 'next',
  k: 'previous',
  c: 'claim',
  d: 'draft',
  '?': 'help',
}

/** The inbox by keyboard: plain letters while nothing is typed, Ctrl+Enter everywhere. */
export function useInboxKeys(actions: InboxActions): void {
  function press(event: KeyboardEvent): void {
    const isCommand = event.ctrlKey || event.metaKey
    if (isCommand && event.key === 'Enter') return run(event, 'complete')
    if (isCommand || event.altKey || isTyping(event)) return
    const action = PLAIN[event.key === '?' ? '?' : event.key.toLowerCase()]
    if (action) run(event, action)
  }

  function run(event: KeyboardEvent, action: keyof InboxActions): void {
    event.preventDefault()
    actions[action]()
  }

  onMounted(() => addEventListener('keydown', press))
  onUnmounted(() => removeEventListener('keydown', press))
}
