/** What was answered in a form, as far as it can be read: fields without a value and photos are left out. Pure. */

type Texts = (key: string) => string

/** Fields of the shipped forms that have words of their own; others are called by their names. */
const KNOWN_FIELDS = new Set([
  'decision', 'result', 'reason', 'refusal_reason', 'note', 'measures', 'instruction', 'responsible_unit', 'condition',
  'urgency', 'reply', 'reply_channel', 'confirm_on_site',
]) // prettier-ignore
const KNOWN_VALUES = new Set([
  'accept', 'refuse', 'file', 'send_back', 'void', 'dispatch', 'fixed', 'made_safe', 'partly_fixed', 'passed',
  'not_passed', 'unable', 'close', 'rework', 'confirmed', 'refuted', 'normal', 'urgent', 'critical', 'phone', 'message',
  'letter', 'none', 'true', 'false',
]) // prettier-ignore

export function inWords(data: Record<string, unknown>, t: Texts): [string, string][] {
  return Object.entries(data)
    .filter(([, value]) => value !== null && value !== false && !Array.isArray(value))
    .map(([field, value]) => [
      KNOWN_FIELDS.has(field) ? t(`answers.fields.${field}`) : field,
      KNOWN_VALUES.has(String(value)) ? t(`answers.values.${String(value)}`) : String(value),
    ])
}
