import { computed, onUnmounted, ref, shallowRef, watch, type Ref } from 'vue'
import { asProblem, type Problem } from '../problems/problem'
import type { DefinitionRoutes, Finding } from './definitions'
import { ranked } from './diagram/marks'

export type Verdict = 'checking' | 'unknown' | 'refused' | 'warned' | 'sound'

/** What the server's own check has to say of a text, as it changes; an older answer never replaces a newer one. */
export function useFindings(routes: DefinitionRoutes, source: Readonly<Ref<string>>) {
  const findings = shallowRef<Finding[]>([])
  const problem = shallowRef<Problem | null>(null)
  const checked = ref('')
  let asking: AbortController | null = null

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

  const verdict = computed<Verdict>(() => {
    if (problem.value) return 'unknown'
    if (checked.value !== source.value) return 'checking'
    if (findings.value.some(({ severity }) => severity === 'error')) return 'refused'
    return findings.value.some(({ severity }) => severity === 'warning') ? 'warned' : 'sound'
  })

  watch(source, check)
  onUnmounted(() => asking?.abort())
  return { findings, problem, verdict, check: () => check(source.value) }
}
