import { readFeedback } from '../../serving/log/feedback-log.ts'
import type { Workspace } from '../../storage/open-workspace.ts'
import { deploymentLogFolder } from '../../storage/workspace-paths.ts'

/** How often the truth was said about answers of a deployment since a position of its feedback. */
export async function countLabels(
  { deployment, position: after }: { deployment: string; position: Readonly<Record<string, number>> },
  { paths, tracking }: Pick<Workspace, 'paths' | 'tracking'>,
): Promise<{ position: Readonly<Record<string, number>>; labels: number }> {
  let position = after
  let labels = 0
  if (!tracking.deployments.find(deployment)) return { position, labels }
  for await (const part of readFeedback(deploymentLogFolder(paths, deployment), { after })) {
    position = part.position
    labels += part.feedback.filter(({ label }) => label !== undefined).length
  }
  return { position, labels }
}
