import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('learns from a column of 1 000 000 categories with less than 1 GB', { timeout: 120_000 }, async () => {
  const script = join(import.meta.dirname, 'learn-from-many-categories.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script])
  const found = JSON.parse(stdout) as { peakMb: number; features: number; logLoss: number }
  expect(found.peakMb).toBeLessThan(1000)
  // 100 elements for the categories, and the amount, which alone tells the answer.
  expect(found.features).toBe(101)
  expect(found.logLoss).toBeLessThan(0.5)
})
