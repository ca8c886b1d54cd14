import { newKey } from '../api/keys'
import { shrunk } from '../photos/shrink'
import { sendPieces, type Usage } from '../photos/upload'

/**
 * Photos leave while the rest is still filled in, so that little is left to be done when somebody taps "send". What is
 * taken back before is never finished, and the server forgets it.
 */
interface Ahead {
  id: string
  small: Promise<File>
}

/** A photo on the device, small enough to be sent. */
export interface Packed {
  id: string
  file: File
  usage: Usage
}

const ahead = new WeakMap<File, Ahead>()
/** What the server has in full, by the photo; nothing where it did not get there. */
const received = new Map<string, Promise<number | null>>()

/** Begin to send a photo that was just taken. */
export function sendAhead(file: File, usage: Usage): void {
  const each = { id: newKey(), small: shrunk(file) }
  ahead.set(file, each)
  const sending = each.small.then((small) => sendPieces(small, usage, () => undefined))
  // Without a network it is sent from the outbox.
  received.set(
    each.id,
    sending.catch(() => null),
  )
}

/** The photo as it is kept until it was sent. */
export async function packed(file: File, usage: Usage): Promise<Packed> {
  if (!ahead.has(file)) sendAhead(file, usage)
  const { id, small } = ahead.get(file)!
  return { id, file: await small, usage }
}

/** The upload that holds the photo in full: what was begun, else sent now. Throws `Problem`. */
export async function arrived({ id, file, usage }: Packed): Promise<number> {
  const upload = (await received.get(id)) ?? null
  received.delete(id)
  return upload ?? sendPieces(file, usage, () => undefined)
}
