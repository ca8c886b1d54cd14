import { session, signedInAgain } from './session'

const UNAUTHENTICATED = 401
const READING = new Set(['GET', 'HEAD'])

/**
 * `fetch` within the session: changes carry its CSRF token. When the session has ended, the call waits until the person
 * has signed in again and is then sent once more, so that nothing typed is lost.
 */
export async function signedFetch(request: Request): Promise<Response> {
  const again = request.clone()
  const response = await fetch(withToken(request))
  if (response.status !== UNAUTHENTICATED || session.state !== 'in') return response
  await signedInAgain()
  return fetch(withToken(again))
}

function withToken(request: Request): Request {
  if (READING.has(request.method) || !session.csrf) return request
  const headers = new Headers(request.headers)
  headers.set('x-csrf-token', session.csrf)
  return new Request(request, { headers })
}
