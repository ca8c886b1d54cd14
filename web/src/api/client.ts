import createClient from 'openapi-fetch'
import { problemOf, unreached } from '../problems/problem'
import { signedFetch } from '../session/signedFetch'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

/** Every route of the server, typed by its OpenAPI document. */
export const api = createClient<paths>({ baseUrl: '/', fetch: signedFetch })

interface Answered<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** What a call answers, with the version that its `ETag` names; throws as `answer` does. */
export async function tagged<Data>(
  call: Promise<Answered<Data>>,
): Promise<{ data: NonNullable<Data>; version: number }> {
  const data = await answer(call)
  const tag = (await call).response.headers.get('etag') ?? ''
  return { data, version: parseInt(tag.replace('"', '')) }
}

/** What a call answers; throws `Problem` for a refusal and when no answer came. */
export async function answer<Data>(call: Promise<Answered<Data>>): Promise<NonNullable<Data>> {
  let answered: Answered<Data>
  try {
    answered = await call
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure
    throw unreached()
  }
  const { data, error, response } = answered
  if (!response.ok) throw problemOf(response.status, error)
  return data as NonNullable<Data>
}
