import { parentPort, workerData } from 'node:worker_threads'
import { addValue } from '../server/count-values.ts'
import { loadVersion } from '../server/load-version.ts'
import type { LoadableVersion } from '../server-protocol.ts'
import { comparedNumbers } from './compared-numbers.ts'
import type { ShadowJob, ShadowMessage } from './shadow-messages.ts'

/** Numbers that differ by no more than this share of the first are taken for equal. */
const tolerance = 1e-6

const tell = (message: ShadowMessage): void => parentPort!.postMessage(message, [])

try {
  const { session, data } = await loadVersion(workerData as LoadableVersion)
  const { target, signature } = data
  tell({ ready: true })
  parentPort!.on('message', (job: ShadowJob | null) => {
    if (job === null) void session.close().then(() => parentPort!.close())
    else void compare(job).then(tell, tellProblem)
  })

  const compare = async ({ rows, columns, labels, numbers }: ShadowJob): Promise<ShadowMessage> => {
    const named = signature.inputs.map(({ name }, index) => [name, columns[index]!] as const)
    const outputs = await session.run({ rows, columns: Object.fromEntries(named) })
    const own = comparedNumbers(outputs, target, rows)
    const difference = { count: 0, sum: 0, sumOfSquares: 0 }
    let agreed = 0
    for (let row = 0; row < rows; row++) {
      addValue(difference, own[row]! - numbers[row]!)
      const isSame = outputs['label']
        ? outputs['label'][row] === labels[row]
        : Math.abs(own[row]! - numbers[row]!) <= tolerance * Math.abs(numbers[row]!)
      if (isSame) agreed += 1
    }
    return { compared: rows, agreed, difference }
  }
} catch (error) {
  tellProblem(error)
}

function tellProblem(error: unknown): void {
  tell({ problem: error instanceof Error ? error.message : String(error) })
}
