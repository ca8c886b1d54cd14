import { computed, onUnmounted, ref, shallowRef, watch, type Ref } from 'vue'
import { asProblem, type Problem } from '../problems/problem'
import type { DefinitionRoutes, Finding } from './definitions'
import { ranked } from './diagram/marks'

export type Verdict = 'checking' | 'unknown' | 'refused' | 'warned' | 'sound'

/**
 * What the server's own check has to say of a text, as it changes; an older answer never replaces a newer one. Where
 * every key changes the text, it is asked after a pause in typing.
 */
export function useFindings(routes: DefinitionRoutes, source: Readonly<Ref<string>>, pause = 0) {
  const findings = shallowRef<Finding[]>([])
  const problem = shallowRef<Problem | null>(null)
  const checked = ref('')
  let asking: AbortController | null = null
  let waiting: ReturnType<typeof setTimeout> | undefined

  async function check(text: string): Promise<void> {
    asking?.abort()
    if (!text) return
    const mine = (asking = new AbortController())
    try {
      const found = await routes.lint(text, mine.signal)
      if (mine.signal.aborted) return
      findings.value = ranked(found)
      checked.value = text
      problem.value = null
    } catch (thrown) {
      if (!mine.signal.aborted) problem.value = asProblem(thrown)
    }
  }

  function later(text: string): void {
    clearTimeout(waiting)
    const isFirst = !checked.value
    waiting = setTimeout(() => void check(text), isFirst ? 0 : pause)
  }

  /** Whether the last answer refused it; that it is asked again changes nothing. */
  const isRefused = computed(() => findings.value.some(({ severity }) => severity === 'error'))
  const verdict = computed<Verdict>(() => {
    if (problem.value) return 'unknown'
    if (checked.value !== source.value) return 'checking'
    if (isRefused.value) return 'refused'
    return findings.value.some(({ severity }) => severity === 'warning') ? 'warned' : 'sound'
  })

  watch(source, later)
  onUnmounted(() => {
    clearTimeout(waiting)
    asking?.abort()
  })
  return { findings, problem, verdict, isRefused, check: () => check(source.value) }
}
