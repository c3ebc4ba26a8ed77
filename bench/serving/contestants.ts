import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LoadableVersion } from '../../src/serving/server-protocol.ts'
import type { BenchmarkOptions } from '../harness/benchmark.ts'

/** What is compared: a workspace with the registered model `served`, and a stored pipeline of scikit-learn. */
export interface Contestants {
  options: BenchmarkOptions
  python: string
  /** The CSV file that both were trained on. */
  data: string
  workspace: string
  peerModel: string
}

/** The command line that the benchmarks run. */
export const launcher = fileURLToPath(import.meta.resolve('../../src/hosts/cli/pipewright.js'))

/** The trained model where the workspace stores it. */
export async function storedModel({ workspace }: Contestants): Promise<LoadableVersion> {
  const paths = await readdir(workspace, { recursive: true })
  const folder = join(workspace, dirname(paths.find((path) => path.endsWith('model.onnx'))!))
  const { hash } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as { hash: string }
  return { model: 'served', version: 1, artifact: hash, folder }
}
