type Texts = (key: string) => string

/** What the usual stages are called; a stage that a designer invented is called by itself. */
const USUAL = new Set([
  'report', 'acceptance', 'confirmation', 'filing', 'dispatch', 'disposal', 'verification', 'closure', 'refusal',
  'refused', 'voided', 'closed',
]) // prettier-ignore

/** The name of a stage in the language of the page. */
export function stageName(stage: string, t: Texts): string {
  return USUAL.has(stage) ? t(`stages.${stage}`) : stage
}
