import { join } from 'node:path'
import type { Client } from '../contract/create-client.ts'
import type { WorkspacePaths } from '../storage/workspace-paths.ts'
import type { Port } from './transport/port.ts'
import type { Log } from './log.ts'

/** A way to a workspace: by being its one host, or as a client of the one that is there. */
export interface Host {
  client: Client
  /** A connection of its own to the contract, for somebody else whom this process speaks for. */
  openPort(): Promise<Port>
  /** Settles when the process that is the host has ended, and this one is not it. */
  gone: Promise<void>
  role: 'host' | 'attached'
  /** Of the process that works on the workspace. */
  hostPid: number
  paths: WorkspacePaths
  /** Folders outside of the workspace that the user has chosen; of the host alone. */
  openedFolders: Set<string>
  log: Log
  /** Ends this process's part. A host first waits for what others have asked it for. */
  close(options?: CloseOptions): Promise<void>
}

export interface CloseOptions {
  /** Told once, when there is work to wait for, or other processes that work through this one. */
  onWait?: (waiting: { jobs: number; clients: number }) => void
  /** Aborted to cancel that work. */
  hurry?: AbortSignal
}

/** What a client must show to be served: readable for this user alone. */
export const tokenFileOf = (paths: WorkspacePaths): string => join(paths.root, 'host.token')
