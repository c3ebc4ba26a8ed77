import { cp, open, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Benchmark } from '../harness/benchmark.ts'
import { runMeasured, type Measured } from '../harness/run-measured.ts'
import { seriesOf } from '../harness/series.ts'

const repository = resolve(import.meta.dirname, '../..')
const launcher = join(repository, 'src/hosts/cli/pipewright.js')
const example = 'telco-churn'

/** How often the 7 043 rows of the example are repeated. Even the few fill every buffer that there is. */
const sizes = { few: 40, many: 240 } as const

/**
 * What `pipewright predict` takes of memory, host and step workers together, for a file of few and of many rows: they
 * are read, answered and written. There is no peer; the ratio says how flat memory is.
 */
export const benchmark: Benchmark = async (options) => {
  const { rounds, folder } = options
  const trained = join(folder, 'trained')
  await cp(join(repository, 'examples', example), trained, { recursive: true })
  await pipewright(trained, 'run', `${example}.pipeline.json`)
  for (const [name, times] of Object.entries(sizes))
    await repeatRows(join(trained, `${example}.csv`), join(folder, `${name}.csv`), times)

  const measured: Record<keyof typeof sizes, Measured[]> = { few: [], many: [] }
  for (let round = 0; round < rounds; round++)
    for (const size of ['few', 'many'] as const) {
      options.say(`round ${round + 1}: ${size} rows`)
      // A new one each time, in which nothing is cached yet.
      const workspace = join(folder, `${size}-${round}`)
      await cp(trained, workspace, { recursive: true })
      measured[size].push(
        await pipewright(workspace, 'predict', example, join(folder, `${size}.csv`), '-o', 'answers.csv'),
      )
    }

  const memory = (size: keyof typeof sizes) =>
    seriesOf(measured[size].map(({ peakMemoryBytes }) => peakMemoryBytes / 2 ** 20))
  const seconds = (size: keyof typeof sizes) => seriesOf(measured[size].map((each) => each.seconds))
  return {
    rows: [
      { name: '281 720 rows, memory', unit: 'MB', series: memory('few') },
      { name: '1 690 320 rows, memory', unit: 'MB', series: memory('many') },
      { name: '281 720 rows', unit: 's', series: seconds('few') },
      { name: '1 690 320 rows', unit: 's', series: seconds('many') },
    ],
    ratios: { memory: memory('many').median / memory('few').median },
    must: { memory: 1.3 },
    foreignShares: [...measured.few, ...measured.many].map(({ foreignShare }) => foreignShare),
  }
}

function pipewright(cwd: string, ...args: string[]): Promise<Measured> {
  return runMeasured({ file: process.execPath, args: [launcher, ...args], cwd })
}

/** A CSV file with the rows of another one, several times. */
async function repeatRows(from: string, to: string, times: number): Promise<void> {
  const text = await readFile(from, 'utf8')
  const headerEnd = text.indexOf('\n') + 1
  const rows = text.slice(headerEnd).trimEnd()
  const file = await open(to, 'w')
  try {
    await file.write(text.slice(0, headerEnd))
    for (let time = 0; time < times; time++) await file.write(`${rows}\n`)
  } finally {
    await file.close()
  }
}
