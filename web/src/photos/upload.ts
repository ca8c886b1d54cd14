import { answer, api, type Schemas } from '../api/client'

/** The largest piece that the server takes. */
const PIECE = 4 << 20

export type Usage = Schemas['UploadBegun']['usage']

/** Send a file piece by piece; answers the media that was kept. Throws `Problem`. */
export async function upload(file: File, usage: Usage, progress: (part: number) => void): Promise<Schemas['Media']> {
  return finish(await sendPieces(file, usage, progress))
}

/** Send all pieces of a file; answers the upload that they belong to, which is forgotten unless it is finished. */
export async function sendPieces(file: File, usage: Usage, progress: (part: number) => void): Promise<number> {
  const name = file.name || 'photo'
  const begun = await answer(api.POST('/api/v1/media', { body: { name, bytes: file.size, usage } }))
  const path = { upload: String(begun.id) }
  let received = begun.received
  while (received < file.size) {
    const piece = file.slice(received, received + PIECE)
    const sent = await answer(
      api.PATCH('/api/v1/media/uploads/{upload}', {
        params: { path, header: { 'upload-offset': String(received) } },
        headers: { 'content-type': 'application/octet-stream' },
        body: piece as unknown as string,
        bodySerializer: (body) => body as unknown as BodyInit,
      }),
    )
    received = sent.received
    progress(received / file.size)
  }
  return begun.id
}

/** Have what was sent kept as media. Throws `Problem`. */
export async function finish(upload: number): Promise<Schemas['Media']> {
  const path = { upload: String(upload) }
  return answer(api.POST('/api/v1/media/uploads/{upload}/finish', { params: { path }, body: {} }))
}

/** Where the file of a media is read, given its id or a reference such as `media:12`. */
export function addressOf(media: number | string): string {
  return `/api/v1/media/${String(media).replace('media:', '')}`
}
