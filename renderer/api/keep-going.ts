import type { Connection } from './connection.ts'

/** Begins what goes on beside the window, and begins it anew when a connection that was lost is there again. */
export function keepGoing(connection: Connection, begin: () => readonly (() => void)[]): void {
  let ends = begin()
  connection.subscribe(() => {
    if (connection.isLost()) return
    for (const end of ends) end()
    ends = begin()
  })
}
