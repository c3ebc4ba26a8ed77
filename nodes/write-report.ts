import { canonicalJson } from '../src/core/canonical-json.ts'
import type { Artifact, ReportData } from '../src/core/artifacts.ts'
import { sha256OfText } from '../src/files/sha256.ts'
import type { RunContext } from '../src/node-kit/run-context.ts'

/** Stores a report; it is data alone. Numbers in it must be finite. */
export async function writeReport(
  context: Pick<RunContext, 'artifacts'>,
  data: ReportData,
): Promise<Artifact<'report'>> {
  return context.artifacts.write({ kind: 'report', hash: sha256OfText(canonicalJson(data)), data, refs: [] })
}
