import type { Port } from './port.ts'

/** Passes everything on from either port to the other, until one of them closes. */
export function joinPorts(one: Port, other: Port): void {
  passOn(one, other)
  passOn(other, one)
}

function passOn(from: Port, to: Port): void {
  const pass = to.postMessage.bind(to)
  from.on('message', (event) => pass(event?.data ?? ''))
  from.once('close', () => to.close())
}
