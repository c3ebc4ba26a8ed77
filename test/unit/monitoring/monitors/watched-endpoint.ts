import { writeFile } from 'node:fs/promises'
import { onTestFinished } from 'vitest'
import type { ModelSample, SampledModel } from '../../../../src/contract/model-sample.ts'
import { monitorSpecSchema, type MonitorSpec } from '../../../../src/core/monitor.ts'
import type { Monitors } from '../../../../src/monitoring/monitors/monitors.ts'
import { openMonitors } from '../../../../src/monitoring/monitors/open-monitors.ts'
import type { Feedback } from '../../../../src/serving/log/feedback-log.ts'
import { openFeedbackLog } from '../../../../src/serving/log/feedback-log.ts'
import { openPredictionLog } from '../../../../src/serving/log/prediction-log.ts'
import type { LoggedModel } from '../../../../src/serving/log/prediction-record.ts'
import { createPredictionIds } from '../../../../src/serving/prediction-id.ts'
import type { Workspace } from '../../../../src/storage/open-workspace.ts'
import { deploymentLogFolder } from '../../../../src/storage/workspace-paths.ts'
import { workspaceSecret } from '../../../../src/storage/workspace-secret.ts'
import { createRandom, type Random } from '../../../../src/tables/random.ts'
import { openDeployments } from '../../../../src/serving/deployments/open-deployments.ts'
import { hostedWorkspace } from '../../storage/storage-samples.ts'
import { specOf } from '../../serving/deployments/deployments-bench.ts'

export const numberColumns = Array.from({ length: 10 }, (_, column) => `x${column}`)
const artifact = 'ab'.repeat(32)
const towns = ['Bonn', 'Ulm', 'Kiel']

export const churn: LoggedModel = {
  model: 'churn',
  version: 1,
  artifact,
  role: 'live',
  inputs: [
    ...numberColumns.map((name) => ({ name, type: 'number' as const })),
    { name: 'town', type: 'text' },
  ],
  outputs: [
    { name: 'label', type: 'text', width: 1 },
    { name: 'probabilities', type: 'float32', width: 2 },
  ],
}

/** Rows of a model whose probabilities are true: a row is a “yes” as often as it says. */
export interface DrawnRows {
  rows: number
  numbers: Float64Array[]
  towns: string[]
  labels: string[]
  probabilities: Float32Array
  truth: string[]
}

/** `shift` is added to the first column, in standard deviations; `town` in place of the three that were known. */
export function drawRows(
  random: Random,
  rows: number,
  {
    shift = 0,
    town,
    gaps = 0,
    flip = 0,
  }: { shift?: number; town?: string; gaps?: number; flip?: number } = {},
): DrawnRows {
  const numbers = numberColumns.map((_, column) =>
    Float64Array.from({ length: rows }, () =>
      column === 1 && random.unit() < gaps ? Number.NaN : normal(random) + (column === 0 ? shift : 0),
    ),
  )
  const yes = Float32Array.from({ length: rows }, () => random.unit())
  return {
    rows,
    numbers,
    towns: Array.from({ length: rows }, () => town ?? towns[random.below(towns.length)]!),
    labels: Array.from(yes, (share) => (share >= 0.5 ? 'yes' : 'no')),
    probabilities: Float32Array.from({ length: rows * 2 }, (_, at) =>
      at % 2 === 1 ? yes[(at - 1) / 2]! : 1 - yes[at / 2]!,
    ),
    truth: Array.from(yes, (share) =>
      random.unit() < (random.unit() < flip ? 1 - share : share) ? 'yes' : 'no',
    ),
  }
}

/** Box and Muller: two uniform draws make a normal one. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
}

export function sampleOf(trained: DrawnRows, heldOut: DrawnRows): ModelSample {
  const numbers = (values: Iterable<number>): string =>
    Buffer.from(Float64Array.from(values).buffer).toString('base64')
  const texts = (values: readonly string[]) => {
    const known = [...new Set(values)]
    const codes = Uint32Array.from(values, (value) => known.indexOf(value))
    return { texts: known, codes: Buffer.from(codes.buffer).toString('base64') }
  }
  return {
    format: 1,
    target: { classes: ['no', 'yes'], positive: 'yes' },
    table: 'cd'.repeat(32),
    rows: trained.rows,
    columns: [
      ...numberColumns.map((name, column) => ({
        name,
        type: 'number' as const,
        missing: 0,
        singles: 0,
        known: null,
        trained: { numbers: numbers(trained.numbers[column]!) },
        heldOut: { numbers: numbers(heldOut.numbers[column]!) },
      })),
      {
        name: 'town',
        type: 'text' as const,
        missing: 0,
        singles: 0,
        known: towns,
        trained: texts(trained.towns),
        heldOut: texts(heldOut.towns),
      },
    ],
    heldOut: {
      part: 'test',
      rows: heldOut.rows,
      answers: texts(heldOut.labels),
      probabilities: numbers(heldOut.probabilities),
      truth: texts(heldOut.truth),
    },
  }
}

export interface WatchedEndpoint {
  monitors: Monitors
  workspace: Workspace
  random: Random
  /** Logs rows, one request each unless they are one `batch`; gives their ids. */
  answer: (rows: DrawnRows, options?: { batch?: boolean; worker?: number; at?: number }) => Promise<string[]>
  say: (feedback: readonly Partial<Feedback>[]) => Promise<void>
  /** The same again after a restart. */
  reopen: () => Promise<Monitors>
}

/** A deployment with a log in real files, in a workspace with a real database. */
export async function openWatchedEndpoint(
  options: { spec?: Partial<MonitorSpec>; trainedRows?: number; sample?: SampledModel } = {},
): Promise<WatchedEndpoint> {
  const workspace = await hostedWorkspace()
  const { tracking, paths } = workspace
  const { deployment } = tracking.deployments.apply({ spec: specOf(), madeBy: null, now: 1 })
  const folder = deploymentLogFolder(paths, 'churn')
  const onError = (error: unknown): void => {
    throw error
  }
  const random = createRandom(11, 'watched')
  const sample = sampleOf(drawRows(random, options.trainedRows ?? 5_000), drawRows(random, 2_000))
  const deployments = openDeployments({
    workspace,
    spawnServer: () => {
      throw new Error('nothing is served here')
    },
    reference: () => Promise.reject(new Error('nothing is served here')),
    cores: 1,
    onState: () => {},
    onDefect: onError,
  })
  const open = (): Monitors =>
    openMonitors({
      workspace,
      deployments,
      async sample({ file }) {
        if (options.sample) return options.sample
        await writeFile(file, JSON.stringify(sample))
        return { outcome: 'sampled' }
      },
      onDefect: onError,
    })
  let monitors = open()
  if (options.spec) await monitors.apply('churn', monitorSpecSchema.parse(options.spec))
  const said = openFeedbackLog({ folder, worker: 9, onError })
  const logs = [0, 1].map((worker) => openPredictionLog({ folder, worker, share: 1, onError }))
  const secret = workspaceSecret(paths)
  const ids = createPredictionIds({ secret, deployment: deployment.number, worker: 0 })
  onTestFinished(async () => {
    await monitors.close()
    await deployments.close()
    await said.close()
    for (const log of logs) await log.close()
  })
  return {
    get monitors() {
      return monitors
    },
    workspace,
    random,
    async answer(drawn, { batch = false, worker = 0, at = Date.now() - 1_000 } = {}) {
      const { rows, numbers, labels, probabilities } = drawn
      const given = Array.from({ length: rows }, () => ids.next({ version: 1, artifact, time: at }))
      const columns = {
        ...Object.fromEntries(numberColumns.map((name, column) => [name, numbers[column]!])),
        town: drawn.towns,
      }
      const request = (firstRow: number, count: number): void =>
        logs[worker]!.append({
          model: churn,
          time: at,
          latencySeconds: 0.001,
          requestId: 'request',
          traceparent: '',
          predictionIds: given.slice(firstRow, firstRow + count),
          firstRow,
          inputs: { rows: count, columns },
          outputs: { label: labels, probabilities },
        })
      if (batch) request(0, rows)
      else for (let row = 0; row < rows; row++) request(row, 1)
      await logs[worker]!.flush()
      return given
    },
    say: async (feedback) =>
      void (await Promise.all(
        feedback.map((each) => said.append({ predictionId: '', time: Date.now(), ...each })),
      )),
    async reopen() {
      await monitors.close()
      monitors = open()
      return monitors
    },
  }
}
