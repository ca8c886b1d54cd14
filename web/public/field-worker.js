// Keeps the field page at hand, so that it opens without a network. Data is not kept here: what was read and what waits
// to be sent is the page's own matter. Plain script, because its address must stay the same from build to build.
const KEPT = 'guiliu-field'
const PAGE = '/field'
const ANEW = { cache: 'no-cache', headers: { accept: 'text/html' } }

/** The page and every file it names; all or nothing. */
async function keep() {
  const cache = await caches.open(KEPT)
  const answer = await fetch(PAGE, ANEW)
  if (!answer.ok) throw new Error(`the page was answered ${answer.status}`)
  const named = [...(await answer.clone().text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path)
  await cache.addAll(named.filter((path) => path !== PAGE))
  await cache.put(PAGE, answer)
  return named
}

/** What an older build left behind is dropped once the new one is complete. */
async function tidy(named) {
  const cache = await caches.open(KEPT)
  const wanted = new Set([PAGE, ...named])
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request)
  }
}

async function page() {
  try {
    const answer = await fetch(PAGE, ANEW)
    if (answer.ok) return answer
  } catch {
    // Without a network the kept one is shown.
  }
  return (await caches.match(PAGE)) ?? Response.error()
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request)
}

self.addEventListener('install', (event) => {
  self.skipWaiting()
  event.waitUntil(keep().then(tidy))
})
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(page())
  else event.respondWith(file(request))
})
// The page asks for it when it is opened: the newest build is kept for the next time without a network.
self.addEventListener('message', ({ data }) => data === 'keep' && keep().then(tidy, () => undefined))
