import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UnknownPart, type Benchmark, type Outcome } from '../harness/benchmark.ts'
import { pythonWith } from '../harness/peer.ts'
import { runMeasured, type Command } from '../harness/run-measured.ts'
import { learningTable } from '../learn/learning-table.ts'
import { runPipeline } from '../learn/run-pipeline.ts'
import { target } from '../prepare/write-table.ts'
import { compareBatchScores } from './compare-batch-scores.ts'
import { compareServers } from './compare-servers.ts'
import { requireWrk } from './saturate.ts'
import type { Contestants } from './contestants.ts'
import { underAttack } from './under-attack.ts'
import { withShadow } from './with-shadow.ts'

const trainedRows = 100_000

const parts: Readonly<Record<string, (contestants: Contestants) => Promise<Outcome>>> = {
  servers: compareServers,
  batch: compareBatchScores,
  shadow: withShadow,
  hostile: underAttack,
}

/**
 * A served model beside FastAPI, uvicorn and scikit-learn with the same kind of model (100 trees of 31 leaves over 26
 * columns), the same requests and the same generator of load, one process that answers each; and a file of 1 000 000 rows
 * that is scored. Then what a shadow and hostile callers do to the answers that others get.
 */
export const benchmark: Benchmark = async (options) => {
  const { say } = options
  requireWrk()
  const python = pythonWith({
    pandas: 'python3-pandas',
    sklearn: 'python3-sklearn',
    fastapi: 'python3-fastapi',
    uvicorn: 'python3-uvicorn',
    uvloop: 'python3-uvloop',
    httptools: 'python3-httptools',
  })
  const data = await learningTable(trainedRows, options)
  say('Training both models.')
  const workspace = join(options.folder, 'workspace')
  await runMeasured(await training(workspace, data))
  const peerModel = join(options.folder, 'peer.joblib')
  await runMeasured({ file: python, args: [trainPeer, data, target, '{}', 'ordinal', peerModel] })
  const contestants = { options, python, data, workspace, peerModel }
  const outcomes: Outcome[] = []
  for (const name of options.only ?? Object.keys(parts)) {
    const part = parts[name]
    if (!part)
      throw new UnknownPart(`There is no part “${name}”; choose among ${Object.keys(parts).join(', ')}.`)
    outcomes.push(await part(contestants))
  }
  return {
    rows: outcomes.flatMap(({ rows }) => rows),
    ratios: Object.assign({}, ...outcomes.map(({ ratios }) => ratios)) as Outcome['ratios'],
    must: Object.assign({}, ...outcomes.map(({ must }) => must)) as Outcome['must'],
    foreignShares: outcomes.flatMap(({ foreignShares }) => foreignShares),
  }
}

const trainPeer = fileURLToPath(import.meta.resolve('../peers/pipeline.py'))

const training = (workspace: string, path: string): Promise<Command> =>
  runPipeline(workspace, {
    chain: [
      { key: 'table', type: 'ingestion.file', params: { path } },
      { key: 'roles', type: 'features.set-roles', params: { target } },
      { key: 'split', type: 'features.split', params: { method: 'stratified', test: 0.2, validation: 0 } },
      { key: 'encode', type: 'features.encode', params: { method: 'ordinal', maximumCategories: 1000 } },
      { key: 'trees', type: 'training.gradient-boosted-trees', params: { trees: 100 } },
    ],
    last: {
      key: 'register',
      type: 'serving.register',
      params: { name: 'served' },
      edges: ['trees.model -> register.model'],
    },
  })
