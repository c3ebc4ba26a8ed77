import { useEffect, useEffectEvent } from 'react'
import type { WorkspaceEvent } from '../../src/contract/workspace-event.ts'
import { useClient } from './client.ts'
import { useTimesFound } from './connection.ts'

/** Tells what happens in the workspace while the component is there, whoever asked for it. */
export function useWorkspaceEvents(onEvent: (event: WorkspaceEvent) => void): void {
  const client = useClient()
  const timesFound = useTimesFound()
  const tell = useEffectEvent(onEvent)
  useEffect(() => {
    const following = new AbortController()
    const { signal } = following
    const follow = async (): Promise<void> => {
      for await (const event of await client.workspace.events(undefined, { signal })) tell(event)
    }
    // A connection that is lost is told of elsewhere.
    follow().catch(() => undefined)
    return () => following.abort()
  }, [client, timesFound])
}
