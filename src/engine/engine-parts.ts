import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import type { Workspace } from '../storage/open-workspace.ts'
import type { BudgetTokens } from './budget.ts'
import type { LibraryVersions } from './library-versions.ts'
import type { RunnerFingerprints } from './runner-fingerprint.ts'
import type { WorkerPool } from './worker-pool.ts'

/** What everything in an engine works with. */
export interface EngineParts {
  workspace: Workspace
  definitions: ReadonlyMap<string, AnyNodeDefinition>
  fingerprints: RunnerFingerprints
  libraries: LibraryVersions
  pool: WorkerPool
  tokens: BudgetTokens
  /** Null where there is no such secret. */
  readSecret: (name: string) => Promise<string | null>
}
