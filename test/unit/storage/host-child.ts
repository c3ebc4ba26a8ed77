import { openWorkspace } from '../../../src/storage/open-workspace.ts'
import { commitSample, newRun, stageReport } from './storage-samples.ts'

/** A host that commits one step after the other until it is killed; says how far it came. */
const [folder = ''] = process.argv.slice(2)
const answer = await openWorkspace(folder)
if ('heldBy' in answer) throw new Error('the workspace is taken')
const { paths, tracking, artifacts } = answer.workspace
const runId = `run of ${process.pid}`
tracking.runs.create(newRun(runId))
for (let index = 0; ; index++) {
  const rows = await stageReport(paths, `rows ${process.pid} ${index}`)
  const table = await stageReport(paths, `table ${process.pid} ${index}`, [rows.hash])
  await commitSample(artifacts, { runId, nodeId: `node-${index}`, artifacts: [rows, table] })
  process.stdout.write(`${index}\n`)
}
