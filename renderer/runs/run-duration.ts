import type { RunInfo } from '../../src/contract/runs-contract.ts'

/** How long a run took, in ms; null while it runs. */
export const runDuration = ({ summary, startedAt, finishedAt }: RunInfo): number | null =>
  summary?.durationMs ?? (finishedAt === null ? null : finishedAt - startedAt)
