/** The page's own store in the browser: what waits to be sent, and what was read last. */

const NAME = 'guiliu-field'
const VERSION = 1

/** Entries that wait to be sent, by their own id; and what was read, by the name it is kept under. */
export type Shelf = 'outbox' | 'kept'

let opened: Promise<IDBDatabase> | undefined

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('outbox', { keyPath: 'id' })
      request.result.createObjectStore('kept')
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opened
}

async function run<Result>(
  shelf: Shelf,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const transaction = (await database()).transaction(shelf, mode)
  const request = ask(transaction.objectStore(shelf))
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result)
    transaction.onerror = transaction.onabort = () => reject(transaction.error)
  })
}

export const all = <Entry>(shelf: Shelf) => run<Entry[]>(shelf, 'readonly', (store) => store.getAll())
export const get = <Value>(name: string) => run<Value | undefined>('kept', 'readonly', (store) => store.get(name))
export const keep = (name: string, value: unknown) => run('kept', 'readwrite', (store) => store.put(value, name))
export const put = (entry: object) => run('outbox', 'readwrite', (store) => store.put(entry))
export const remove = (id: string) => run('outbox', 'readwrite', (store) => store.delete(id))

/** Nothing that was read stays on the device for the next person; what waits to be sent does, for who wrote it. */
export const forget = () => run('kept', 'readwrite', (store) => store.clear())
