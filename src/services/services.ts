import type { Engine } from '../engine/open-engine.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import type { Workspace } from '../storage/open-workspace.ts'
import type { ActiveWork } from './active-work.ts'
import { serviceError } from './errors.ts'

/** What the host of a workspace works with. */
export interface HostServices {
  workspace: Workspace
  engine: Engine
  work: ActiveWork
  /** Of this Pipewright. */
  version: string
}

export interface Services {
  definitions: readonly AnyNodeDefinition[]
  /** Null in a process that only looks at documents and the catalogue. */
  host: HostServices | null
}

export function hostOf(services: Services): HostServices {
  if (!services.host) throw serviceError('no-workspace')
  return services.host
}
