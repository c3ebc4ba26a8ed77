import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { stdoutOf, builtInCommand } from '../contract/run-command.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { findChromium } from './find-chromium.ts'
import { Studio } from './studio.ts'

const executable = findChromium()

interface ShownRun {
  steps: readonly { node: string; outputs: Readonly<Record<string, { hash: string }>> }[]
}

/** Of each output of the newest run in a workspace, as `node.port`. */
async function hashesOfLatestRun(workspace: string): Promise<Record<string, string>> {
  const shown = await stdoutOf(['runs', 'show', 'latest', '--json', '--workspace', workspace], {
    command: builtInCommand,
  })
  const { steps } = JSON.parse(shown) as ShownRun
  return Object.fromEntries(
    steps.flatMap(({ node, outputs }) =>
      Object.entries(outputs).map(([port, { hash }]) => [`${node}.${port}`, hash]),
    ),
  )
}

/** Runs the saved file by the command, where nothing ran before. */
async function hashesOfRunAlone(studio: Studio): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-e2e-alone-'))
  try {
    for (const name of ['untitled.pipeline.json', 'telco-churn.csv'])
      cpSync(studio.path(name), join(folder, name))
    await stdoutOf(['run', join(folder, 'untitled.pipeline.json')], { command: builtInCommand })
    return await hashesOfLatestRun(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

it.skipIf(executable === null)(
  'draws the churn pipeline from nothing, runs it, reruns what changed, and saves it',
  { timeout: 240_000 },
  async () => {
    await using studio = await Studio.open({
      executable: executable!,
      files: ['telco-churn/telco-churn.csv'],
    })
    const { page } = studio
    const canvas = new CanvasDriver(page)
    const field = (name: string) => page.getByRole('tabpanel').getByRole('textbox', { name, exact: true })

    await page.getByRole('button', { name: 'New pipeline' }).click()
    await page.getByText('Draw your pipeline').waitFor()
    await canvas.dragIn('Read file', { x: 130, y: 60 })
    await field('File').fill('telco-churn.csv')
    await field('File').press('Enter')
    await canvas.pullOut('file', 'table', 'set roles')
    await page.getByRole('tabpanel').getByLabel('Target', { exact: true }).click()
    await page.getByPlaceholder('Find', { exact: true }).fill('Churn')
    await canvas.press('Enter')

    // The rest by keyboard: each node type behind the one that is selected.
    await canvas.add('split', 'impute', 'encode', 'gradient', 'evaluate')
    expect(await canvas.nodes.count()).toBe(7)
    await canvas.clickEmptySpace()
    await canvas.arrange()
    await canvas.connect(canvas.port('encode', 'source', 'table'), canvas.port('evaluate', 'target', 'table'))
    await page.getByRole('button', { name: 'No problems' }).waitFor()

    await canvas.run()
    expect(await canvas.runEnd()).toMatch(/^Done in .*: 7 ran$/)
    const results = page.getByRole('tabpanel', { name: 'Results' })
    await results.getByRole('term').filter({ hasText: 'ROC AUC' }).waitFor()
    const [, auc] = /ROC AUC\s*(0\.\d+)/.exec((await results.textContent()) ?? '') ?? []
    expect(Number(auc)).toBeGreaterThan(0.84)
    await canvas.press('Control+j')

    await canvas.node('gradient-boosted-trees').click()
    await page.getByRole('tab', { name: 'Parameters' }).click()
    await field('Trees').fill('40')
    await field('Trees').press('Enter')
    await expect.poll(() => canvas.stateOf('evaluate'), { timeout: 10_000 }).toBe('stale')
    await canvas.run()
    await expect.poll(() => canvas.runEnd(), { timeout: 60_000 }).toMatch(/: 2 ran, 5 unchanged$/)
    expect(await canvas.statesOf('encode', 'gradient-boosted-trees', 'evaluate')).toEqual({
      encode: 'cached',
      'gradient-boosted-trees': 'done',
      evaluate: 'done',
    })

    const path = studio.path('untitled.pipeline.json')
    await canvas.clickEmptySpace()
    await canvas.press('Control+s')
    await page.getByText('not saved').waitFor({ state: 'detached' })
    expect(await stdoutOf(['format', '--check', path], { command: builtInCommand })).toBe('')

    expect(await hashesOfRunAlone(studio)).toEqual(await hashesOfLatestRun(studio.folder))

    const undo = page.getByRole('button', { name: /^Undo/ })
    for (let step = 0; step < 60 && (await undo.isEnabled()); step++) await canvas.press('Control+z')
    expect(await canvas.nodes.count()).toBe(0)
    const redo = page.getByRole('button', { name: /^Redo/ })
    for (let step = 0; step < 60 && (await redo.isEnabled()); step++) await canvas.press('Control+Shift+z')
    await page.getByText('not saved').waitFor({ state: 'detached' })
    expect(studio.complaints).toEqual([])
  },
)
