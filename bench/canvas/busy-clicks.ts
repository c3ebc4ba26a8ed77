import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { target, writeTable } from '../prepare/write-table.ts'
import { openPipeline, type AppWindow } from './app-window.ts'

const file = 'busy.pipeline.json'
const clicks = 60
/** Event timing tells of nothing shorter. */
const shortest = 16

/** A pipeline whose last step uses all cores for longer than the clicks take. */
export async function writeBusyPipeline(folder: string): Promise<void> {
  await writeTable(join(folder, 'busy.csv'), { rows: 300_000, seed: 3 })
  const node = (type: string, params: object = {}) => ({ type, version: 1, params })
  const names = ['table', 'roles', 'split', 'encode', 'trees']
  const pipeline = {
    format: 1,
    id: 'busy',
    name: 'Busy',
    seed: 0,
    nodes: {
      table: node('ingestion.file', { path: 'busy.csv' }),
      roles: node('features.set-roles', { target }),
      split: node('features.split', { method: 'random' }),
      encode: node('features.encode', { maximumCategories: 20 }),
      trees: node('training.gradient-boosted-trees', { trees: 2000, earlyStoppingRounds: 0 }),
    },
    edges: names.slice(1).map((name, index) => `${names[index]}.table -> ${name}.table`),
  }
  writeFileSync(join(folder, file), JSON.stringify(pipeline))
}

/** Milliseconds from each click on a card to the picture of what it did, while the step runs. */
export async function clicksWhileBusy(app: AppWindow): Promise<number[]> {
  const page = await app.openPage()
  try {
    await openPipeline(page, file)
    await page.getByRole('button', { name: 'No problems' }).waitFor()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const trees = page.locator('.react-flow__node[data-id="trees"] [data-state="running"]').first()
    await trees.waitFor({ timeout: 180_000 })
    await page.evaluate('probe.takeInteractions()')
    for (let click = 0; click < clicks; click++) {
      await page.locator(`.react-flow__node[data-id="${click % 2 === 0 ? 'split' : 'encode'}"]`).click()
      await page.waitForTimeout(80)
    }
    if (!(await trees.isVisible())) throw new Error('The step ended before the clicks did.')
    const slow = await page.evaluate<number[]>('probe.takeInteractions()')
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('status').filter({ hasText: 'Stopped' }).waitFor()
    return [...slow, ...Array<number>(Math.max(0, clicks - slow.length)).fill(shortest)]
  } finally {
    await page.close()
  }
}
