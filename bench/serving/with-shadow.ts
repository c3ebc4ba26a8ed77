import { forkServer, type ForkedServer } from '../../test/fixtures/serving/fork-server.ts'
import type { ServerStatistics } from '../../src/serving/server-protocol.ts'
import type { Outcome } from '../harness/benchmark.ts'
import { seriesOf } from '../harness/series.ts'
import { rowOf } from '../harness/take-turns.ts'
import { askSteadily } from './ask-steadily.ts'
import { storedModel, type Contestants } from './contestants.ts'
import { writeBodies } from './write-bodies.ts'

const perSecond = 500
const seconds = 8

/** What the answers of a version take while a shadow gets a copy of each row, beside what they take without. */
export async function withShadow(contestants: Contestants): Promise<Outcome> {
  const { options, data } = contestants
  const model = await storedModel(contestants)
  const { rows: bodies } = await writeBodies(data, options.folder)
  const latencies: Record<'with' | 'without', number[]> = { with: [], without: [] }
  for (let round = 1; round <= options.rounds; round++)
    for (const name of ['without', 'with'] as const) {
      options.say(`Shadow, round ${round} of ${options.rounds}: ${name}.`)
      const shadow = { ...model, version: 2, role: 'shadow' as const, weight: 1 }
      const server = await forkServer(model, name === 'with' ? [shadow] : [])
      const url = `http://127.0.0.1:${server.port}/predict`
      if (name === 'with')
        await untilCompared(server, () => askSteadily(url, { bodies, perSecond: 20, seconds: 1 }))
      latencies[name].push(await askSteadily(url, { bodies, perSecond, seconds }))
      await server.stop()
    }
  const row = (name: keyof typeof latencies) =>
    rowOf(`${name} a shadow: ${perSecond} single rows a second, 99th percentile`, 'ms', latencies[name])
  return {
    rows: [row('without'), row('with')],
    ratios: { shadowP99: seriesOf(latencies.with).median / seriesOf(latencies.without).median },
    must: { shadowP99: 1.1 },
    foreignShares: [],
  }
}

/** A shadow takes a while to load. */
async function untilCompared(server: ForkedServer, ask: () => Promise<unknown>): Promise<void> {
  const isComparing = ({ shadow }: ServerStatistics): boolean =>
    Object.values(shadow).some(({ compared }) => compared > 0)
  do await ask()
  while (!isComparing(await server.statistics()))
}
