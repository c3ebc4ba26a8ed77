import type { FeedbackIndex } from '../../serving/log/feedback-index.ts'
import type { Feedback } from '../../serving/log/feedback-log.ts'
import type { AnsweredRow } from './newest-rows.ts'

/** Whether somebody said what is true, or judged the answer. */
const tellsTruth = ({ label, isRight }: Feedback): boolean => label !== undefined || isRight !== undefined

/** The rows about which nobody has said what is true. */
export async function unlabelled(rows: readonly AnsweredRow[], index: FeedbackIndex): Promise<AnsweredRow[]> {
  const said = await index.of(rows.flatMap(({ id }) => (index.mayHave(id) ? [id] : [])))
  return rows.filter(({ id }) => {
    const found = said.get(id)
    return !found || !tellsTruth(found)
  })
}

/** The label of each row that has one, by its id. */
export async function knownLabels(
  rows: readonly AnsweredRow[],
  { index, classes }: { index: FeedbackIndex; classes: readonly string[] },
): Promise<Map<string, string>> {
  const said = await index.of(rows.flatMap(({ id }) => (index.mayHave(id) ? [id] : [])))
  const labels = new Map<string, string>()
  for (const { id, record, row } of rows) {
    const found = said.get(id)
    const label = found && labelOf(found, { answer: String(record.outputs['label']?.[row] ?? ''), classes })
    if (label !== undefined) labels.set(id, label)
  }
  return labels
}

/** Of two classes, what is wrong is the other one. */
function labelOf(
  { label, isRight }: Feedback,
  { answer, classes }: { answer: string; classes: readonly string[] },
): string | undefined {
  if (label !== undefined) return String(label)
  if (isRight === true) return answer
  return isRight === false && classes.length === 2 ? classes.find((each) => each !== answer) : undefined
}
