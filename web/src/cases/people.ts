type Texts = (key: string, named?: Record<string, unknown>) => string

/** The parts of the house that act by themselves. */
const PARTS = new Set([
  'timer', 'deadline', 'connector', 'message', 'signal', 'engine', 'calendar', 'seed', 'deploy', 'command-line',
]) // prettier-ignore

/** Whoever did something as people read it: persons by their name, the house and outside systems in words. */
export function personName(name: string, t: Texts): string {
  const [kind, who] = name.split(/:(.*)/s)
  if (kind === 'system' && PARTS.has(who ?? '')) return t(`actors.${who}`)
  return kind === 'source' || kind === 'key' ? t(`actors.${kind}`, { name: who }) : name
}
