import { shallowReactive, watch } from 'vue'
import type { components } from '../api/schema'
import { problemOf, unreached } from '../problems/problem'

export type Me = components['schemas']['Me']
export type Permission = string

interface Session {
  /** `asking` until the server has said; `ended` when it ran out while pages are open. */
  state: 'asking' | 'out' | 'in' | 'ended'
  user: Me | null
  csrf: string
  /** Where the stream of events goes on: everything that is shown was asked for later. */
  position: string
}

/** Who is signed in. Kept in memory only: the cookie is the browser's, the token comes anew with each page. */
export const session: Session = shallowReactive({ state: 'asking', user: null, csrf: '', position: '' })

/** Whether the person may do something; the server decides, this only leaves out what it would refuse. */
export function may(permission: Permission): boolean {
  return session.user?.permissions.includes(permission) ?? false
}

/** Find the session of the browser's cookie, if there is one. */
export async function resume(): Promise<void> {
  const response = await sent('GET')
  if (response.ok) begin(await response.json())
  else session.state = 'out'
}

/** Sign in; throws `Problem` with the reason. */
export async function signIn(username: string, password: string): Promise<void> {
  const response = await sent('POST', { username, password })
  const body = await response.json()
  if (!response.ok) throw problemOf(response.status, body)
  begin(body)
}

/** Sign out and forget everything that was shown. */
export async function signOut(): Promise<void> {
  await sent('DELETE')
  location.assign('/')
}

/** Resolves as soon as somebody is signed in again after the session has ended. */
export function signedInAgain(): Promise<void> {
  session.state = 'ended'
  return new Promise((resolve) => {
    const stop = watch(
      () => session.state,
      (state) => {
        if (state !== 'in') return
        stop()
        resolve()
      },
    )
  })
}

function begin({ user, csrf, position }: Pick<Session, 'csrf' | 'position'> & { user: Me }): void {
  const isAnother = session.state === 'ended' && session.user?.id !== user.id
  Object.assign(session, { user, csrf, position, state: 'in' })
  // Another person must not go on with what the first one had open.
  if (isAnother) location.assign('/')
}

async function sent(method: string, body?: object): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body) headers['content-type'] = 'application/json'
  if (method !== 'GET' && session.csrf) headers['x-csrf-token'] = session.csrf
  try {
    return await fetch('/api/v1/sessions', { method, headers, body: body && JSON.stringify(body) })
  } catch {
    throw unreached()
  }
}
