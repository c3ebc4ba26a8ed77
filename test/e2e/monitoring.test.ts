import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtInCommand, stdoutOf } from '../contract/run-command.ts'
import { findChromium } from './find-chromium.ts'
import { Studio } from './studio.ts'
import { violationsOn } from './violations.ts'

const executable = findChromium()
const example = join(import.meta.dirname, '../../examples/electricity-drift')

type Row = Readonly<Record<string, number>>

/** Half-hours that came after those which the first model was trained on. */
function streamRows(count: number): Row[] {
  const text = readFileSync(join(example, 'electricity-stream.csv'), 'utf8')
  const [head = '', ...lines] = text.trimEnd().split('\n')
  const columns = head.trim().split(',')
  return lines
    .slice(0, count)
    .map((line) => Object.fromEntries(line.split(',').map((value, at) => [columns[at]!, Number(value)])))
}

describe.skipIf(executable === null)('monitoring in the app', () => {
  let studio: Studio
  let page: Page
  const pipewright = (...args: string[]) => stdoutOf(args, { cwd: studio.folder, command: builtInCommand })

  const addressOnceServed = async (): Promise<string> => {
    for (;;) {
      const stdout = await pipewright('deployments', 'show', 'electricity', '--json')
      const { deployment } = JSON.parse(stdout) as { deployment: { address: string | null; state: string } }
      if (deployment.state === 'on' && deployment.address !== null) return deployment.address
    }
  }

  beforeAll(async () => {
    studio = await Studio.open({
      executable: executable!,
      files: ['electricity-drift/electricity-first.csv', 'electricity-drift/electricity-drift.pipeline.json'],
    })
    page = studio.page
    await page.getByRole('button', { name: 'Monitoring', exact: true }).click()
    await page.getByText('There is nothing to watch yet').waitFor()
    await pipewright('run', 'electricity-drift.pipeline.json')
    await pipewright('deployments', 'on', 'electricity')
    await replay(await addressOnceServed(), streamRows(480))
  }, 120_000)

  afterAll(async () => {
    await studio[Symbol.asyncDispose]()
  })

  it('shows every deployment at a glance, and what is drifting', async () => {
    await page.getByRole('button', { name: /^electricity/ }).waitFor()
    await page.getByRole('button', { name: 'Measure now' }).click()
    await page.getByRole('img', { name: /^Columns that have drifted: [\d.]+ %/ }).waitFor()
    await page.getByRole('img', { name: /^Accuracy: [\d.]+ %/ }).waitFor()
    expect(await violationsOn(page)).toEqual([])
  })

  it('lays a column over what it was in training, and leads to the rows', async () => {
    await page.getByRole('tab', { name: /^Columns/ }).click()
    await page.getByRole('button', { name: /^nswdemand/ }).click()
    await page.getByRole('img', { name: /^Shares of the values/ }).waitFor()
    await page.getByRole('img', { name: /^Drift over time/ }).waitFor()
    await page.getByRole('tab', { name: 'Rows' }).click()
    await page.getByText('144 rows').waitFor()
    expect(
      await page.getByRole('table', { name: 'Predictions, the newest first' }).getByRole('row').count(),
    ).toBe(101)
    expect(await violationsOn(page)).toEqual([])
  })

  it('retrains by itself once enough labels have come, and says how the challenger was judged', async () => {
    await page.getByRole('tab', { name: 'Retraining' }).click()
    await page
      .getByText(/^On the \d+ newest labels|in place of version 1/)
      .first()
      .waitFor({ timeout: 60_000 })
    await page.getByText('Train a challenger').first().waitFor()
    await page.getByText('Hold it against the champion').first().waitFor()
    expect(await violationsOn(page)).toEqual([])
  })

  it('watches what is wished for, and refuses what cannot be', async () => {
    await page.getByRole('tab', { name: 'What is watched' }).click()
    const size = page.getByRole('textbox', { name: 'A window has' })
    await size.fill('3')
    await page.getByRole('button', { name: 'Watch like this' }).click()
    await page.getByRole('textbox', { name: 'A window has' }).and(page.locator('[aria-invalid]')).waitFor()
    expect(await page.getByRole('button', { name: 'Watch like this' }).isDisabled()).toBe(true)
    await size.fill('200')
    await page.getByRole('button', { name: 'Watch like this' }).click()
    await page.getByText('From the next window on it is watched like that.').waitFor()
    expect(await violationsOn(page)).toEqual([])
    expect(studio.complaints).toEqual([])
  })
})

/** Asks row by row of the stream, and tells the truth about every answer. */
async function replay(address: string, rows: readonly Row[]): Promise<void> {
  const post = async (path: string, body: object): Promise<Response> => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${address}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(await answer.text())
    return answer
  }
  for (let at = 0; at < rows.length; at += 48) {
    const day = rows.slice(at, at + 48)
    const answer = await post('/predict', { rows: day })
    const { predictions } = (await answer.json()) as { predictions: { predictionId: string }[] }
    await Promise.all(
      predictions.map(({ predictionId }, index) =>
        post('/feedback', { predictionId, label: day[index]!['class'] }),
      ),
    )
  }
}
