import type { Port } from './port.ts'

/** Passes everything on from either port to the other, until one of them closes. */
export function joinPorts(one: Port, other: Port): void {
  passOn(one, other)
  passOn(other, one)
}

function passOn(from: Port, to: Port): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- of a window, which this is not
  from.on('message', (event) => to.postMessage(event?.data ?? ''))
  from.once('close', () => to.close())
}
