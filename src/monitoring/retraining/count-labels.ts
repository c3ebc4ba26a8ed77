import { readFeedback } from '../../serving/log/feedback-log.ts'
import { listSegments } from '../../serving/log/segment-name.ts'
import type { Workspace } from '../../storage/open-workspace.ts'
import { deploymentLogFolder } from '../../storage/workspace-paths.ts'

/**
 * How often the truth was said about answers of a deployment since a position of its feedback. The position is the very
 * same where nothing was said.
 */
export async function countLabels(
  { deployment, position: after }: { deployment: string; position: Readonly<Record<string, number>> },
  { paths, tracking }: Pick<Workspace, 'paths' | 'tracking'>,
): Promise<{ position: Readonly<Record<string, number>>; labels: number }> {
  let position = after
  let labels = 0
  if (!tracking.deployments.find(deployment)) return { position, labels }
  const folder = deploymentLogFolder(paths, deployment)
  for await (const part of readFeedback(folder, { after })) {
    position = part.position
    labels += part.feedback.filter(({ label }) => label !== undefined).length
  }
  if (position === after) return { position, labels }
  // What is kept of the log no more is kept of its position no more.
  const there = new Set((await listSegments(folder, 'feedback')).map(({ name }) => name))
  const kept = Object.entries(position).filter(([name]) => there.has(name))
  return { position: Object.fromEntries(kept), labels }
}
