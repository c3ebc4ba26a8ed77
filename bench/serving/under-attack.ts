import { bombard, bombardToPlateau } from '../../test/fixtures/serving/bombard.ts'
import { forkServer } from '../../test/fixtures/serving/fork-server.ts'
import type { Outcome } from '../harness/benchmark.ts'
import { seriesOf } from '../harness/series.ts'
import { rowOf } from '../harness/take-turns.ts'
import { askSteadily } from './ask-steadily.ts'
import { storedModel, type Contestants } from './contestants.ts'
import { writeBodies } from './write-bodies.ts'

const perSecond = 200
const seconds = 8
const hostile = 1_000
const mostMs = 50
const mostBytes = 50 * 2 ** 20

/** What good requests take, and how much the server grows, while it gets 1 000 hostile ones. */
export async function underAttack(contestants: Contestants): Promise<Outcome> {
  const { options, data } = contestants
  const { rows: bodies } = await writeBodies(data, options.folder)
  const latencies: number[] = []
  const growth: number[] = []
  for (let round = 1; round <= options.rounds; round++) {
    options.say(`Hostile requests, round ${round} of ${options.rounds}.`)
    const server = await forkServer(await storedModel(contestants))
    const url = `http://127.0.0.1:${server.port}/predict`
    const before = await bombardToPlateau(server)
    const [latency] = await Promise.all([
      askSteadily(url, { bodies, perSecond, seconds }),
      bombard(server.port, { requests: hostile, seed: round }),
    ])
    const { residentBytes: after } = await server.statistics()
    latencies.push(latency)
    growth.push(after - before)
    await server.stop()
  }
  return {
    rows: [
      rowOf(`${hostile} hostile requests: good ones, 99th percentile`, 'ms', latencies),
      rowOf(
        `${hostile} hostile requests: memory gained`,
        'MB',
        growth.map((bytes) => bytes / 2 ** 20),
      ),
    ],
    ratios: {
      hostileP99Of50Ms: seriesOf(latencies).median / mostMs,
      hostileGrowthOf50Mb: Math.max(0, seriesOf(growth).median) / mostBytes,
    },
    must: { hostileP99Of50Ms: 1, hostileGrowthOf50Mb: 1 },
    foreignShares: [],
  }
}
