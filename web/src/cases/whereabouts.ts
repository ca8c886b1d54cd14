import type { Schemas } from '../api/client'

export type Instance = Schemas['InstanceDiagram']

/** Where a case waits: the diagram that is called last of all, from the frame inwards. Pure. */
export function whereItWaits(instances: readonly Instance[]): Instance | undefined {
  let found = instances.find((each) => each.caller === null)
  for (let inner = found; inner; inner = openCallOf(inner, instances)) found = inner
  return found
}

/** The way from the outermost diagram to one, both included. */
export function wayTo(shown: Instance, instances: readonly Instance[]): Instance[] {
  const caller = instances.find(({ instance }) => instance === shown.caller)
  return caller ? [...wayTo(caller, instances), shown] : [shown]
}

/** What a diagram has called: of each call the instance that began last. */
export function callsOf(shown: Instance, instances: readonly Instance[]): Instance[] {
  const called = instances.filter(({ caller }) => caller === shown.instance)
  return [...new Map(called.map((each) => [each.caller_element, each])).values()]
}

function openCallOf(caller: Instance, instances: readonly Instance[]): Instance | undefined {
  return callsOf(caller, instances).find((each) => each.is_open)
}
