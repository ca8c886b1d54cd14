import { onScopeDispose } from 'vue'
import { listen, type CaseEvent } from './stream'

const BREATH = 250

/**
 * Call `refresh` when something happened that concerns the caller, at most once per breath and never twice at a time;
 * `concerns` looks at one event, and a lost connection concerns everybody.
 */
export function useLive(refresh: () => Promise<void>, concerns: (event: CaseEvent) => boolean = () => true): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isRunning = false
  let isWanted = false

  async function run(): Promise<void> {
    timer = undefined
    if (isRunning) return void (isWanted = true)
    isRunning = true
    try {
      await refresh()
    } finally {
      isRunning = false
    }
    if (isWanted) {
      isWanted = false
      soon()
    }
  }

  function soon(): void {
    timer ??= setTimeout(() => void run(), BREATH)
  }

  const stop = listen((told) => {
    if (told.kind === 'reload' || (told.kind === 'case' && concerns(told.event))) soon()
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
}
