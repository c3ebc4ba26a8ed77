import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ReadOptions } from '../../../src/tables/read-file/read-options.ts'
import { readOptionsOf } from '../read-options-of.ts'
import { samples, type SampleName } from './samples.ts'

/** Where a bundled table is, and how it is read. */
export function sampleOptions(name: SampleName): ReadOptions {
  const { file, reading } = samples[name]
  return readOptionsOf(findUpward(join('examples', file)), reading)
}

/** The examples stand beside `nodes` in the sources, and beside `dist` in the built package. */
function findUpward(path: string): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const found = join(folder, path)
    // At the top, reading it says that it is not there.
    if (existsSync(found) || folder === dirname(folder)) return found
  }
}
