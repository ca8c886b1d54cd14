const BYTES = 16

/** A new idempotency key: the same attempt sent again carries the same one. */
export function newKey(): string {
  // Not randomUUID: an intranet without TLS is no secure context.
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The headers of a change that may be repeated. */
export function keyed(key: string = newKey()): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key }
}
