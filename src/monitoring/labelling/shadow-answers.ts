import { openStoredModel } from './open-stored-model.ts'
import { disagreementOf } from './rank-rows.ts'
import { inputOf, type AnsweredRow } from './newest-rows.ts'
import type { LabellingReasons } from '../../contract/labelling-contract.ts'
import type { LoggedDeployment } from './labelling-messages.ts'

/** The rows that are run through a shadow at once. */
const chunkRows = 1_024

/** By how much the first shadow answers otherwise than what was answered, row by row. */
export async function shadowDisagreements(
  rows: readonly AnsweredRow[],
  { log, probabilitiesOf }: { log: LoggedDeployment; probabilitiesOf: (row: AnsweredRow) => number[] | null },
): Promise<(LabellingReasons['disagreement'] | null)[]> {
  const [shadow] = log.shadows
  if (!shadow || rows.length === 0) return rows.map(() => null)
  const version = `${shadow.model}:${shadow.version}`
  const model = await openStoredModel(log.artifacts, shadow.artifact)
  try {
    const found: LabellingReasons['disagreement'][] = []
    for (let from = 0; from < rows.length; from += chunkRows) {
      const some = rows.slice(from, from + chunkRows)
      const columns = model.data.signature.inputs.map(({ name, type }) => {
        const values = some.map((row) => inputOf(row, { name, isText: type === 'text' }))
        return [name, type === 'text' ? (values as string[]) : Float64Array.from(values as number[])] as const
      })
      const outputs = await model.session.run({ rows: some.length, columns: Object.fromEntries(columns) })
      const width = model.data.target.classes?.length ?? 0
      for (const [place, row] of some.entries()) {
        const answer = (outputs['label'] ?? outputs['value'])?.[place] ?? null
        const own = probabilitiesOf(row)
        const other = outputs['probabilities']?.slice(place * width, (place + 1) * width)
        const score =
          own && other && other.length === own.length
            ? disagreementOf(own, Array.from<number | string, number>(other, Number))
            : differenceOf(row, answer)
        found.push({ score, version, answer: typeof answer === 'number' ? finite(answer) : answer })
      }
    }
    return found
  } finally {
    await model.session.close()
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Of numbers by their relative difference, of classes whether they differ. */
function differenceOf({ record: { outputs }, row }: AnsweredRow, answer: string | number | null): number {
  const own = (outputs['label'] ?? outputs['value'])?.[row]
  if (own === undefined || answer === null) return 0
  if (typeof own === 'string' || typeof answer === 'string') return own === answer ? 0 : 1
  const scale = Math.abs(own) + Math.abs(answer)
  return scale === 0 || !Number.isFinite(scale) ? 0 : Math.abs(own - answer) / scale
}
