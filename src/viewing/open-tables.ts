import type { CancelSignal } from '../node-kit/run-context.ts'
import { openTable, type OpenTable } from './open-table.ts'
import type { ViewerSetup } from './view-calls.ts'

/** Tables that were looked at last stay open: the next page comes at once. */
export interface OpenTables {
  use<Result>(
    artifact: string,
    signal: CancelSignal,
    work: (table: OpenTable) => Promise<Result>,
  ): Promise<Result>
}

const mostOpen = 4

export function createOpenTables(setup: ViewerSetup): OpenTables {
  const tables = new Map<string, Promise<OpenTable>>()
  const forget = async (artifact: string): Promise<void> => {
    const table = tables.get(artifact)
    tables.delete(artifact)
    await (await table?.catch(() => undefined))?.close()
  }
  const take = (artifact: string): Promise<OpenTable> => {
    const table = tables.get(artifact) ?? openTable(setup, artifact)
    // The newest last.
    tables.delete(artifact)
    tables.set(artifact, table)
    const [oldest] = tables.keys()
    if (tables.size > mostOpen) void forget(oldest!)
    return table
  }
  return {
    async use(artifact, signal, work) {
      const opening = take(artifact)
      try {
        const table = await opening
        return await table.exclusively(signal, () => work(table))
      } catch (error) {
        // Garbage collection may have removed it meanwhile: then opening it again says so.
        if (tables.get(artifact) === opening) void forget(artifact)
        signal.throwIfAborted()
        throw error
      }
    },
  }
}
