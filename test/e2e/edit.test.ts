import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CanvasDriver } from './canvas-driver.ts'
import { findChromium } from './find-chromium.ts'
import { Studio } from './studio.ts'

const executable = findChromium()

describe.skipIf(executable === null)('editing in the browser', { timeout: 90_000 }, () => {
  let studio: Studio
  let canvas: CanvasDriver

  beforeAll(async () => {
    studio = await Studio.open({ executable: executable! })
  })
  afterAll(async () => {
    await studio?.[Symbol.asyncDispose]()
  })
  beforeEach(async () => {
    canvas = new CanvasDriver(studio.page)
    const tabs = studio.page.getByRole('tab', { name: /Untitled/ })
    const before = await tabs.count()
    await studio.page.getByRole('button', { name: 'New pipeline' }).click()
    await tabs.nth(before).waitFor()
    await studio.page.getByText('Draw your pipeline').waitFor()
  })

  it('refuses a connection that cannot be, and says why', async () => {
    await canvas.add('sample data', 'split', 'evaluate')
    await canvas.arrange()
    const [from, to] = [canvas.port('split', 'source', 'table'), canvas.port('evaluate', 'target', 'models')]
    const before = await canvas.edges.count()
    await canvas.startConnecting(from, to)
    await studio.page.getByText('“Split” gives a table here, but “Evaluate” takes a model.').waitFor()
    await studio.page.mouse.up()
    expect(await canvas.edges.count()).toBe(before)
  })

  it('copies nodes as text into another pipeline', async () => {
    await canvas.add('sample data', 'split', 'impute')
    await canvas.clickEmptySpace()
    await canvas.press('Control+a', 'Control+c')
    await studio.page.getByRole('button', { name: 'New pipeline' }).click()
    await studio.page.getByText('Draw your pipeline').waitFor()
    await canvas.press('Control+v')
    await expect.poll(() => canvas.nodes.count()).toBe(3)
    expect(await canvas.edges.count()).toBe(2)
    await canvas.press('Control+d')
    await expect.poll(() => canvas.nodes.count()).toBe(6)
    await canvas.press('Delete')
    await expect.poll(() => canvas.nodes.count()).toBe(3)
    await canvas.press('Control+z', 'Control+z')
    await expect.poll(() => canvas.nodes.count()).toBe(3)
  })

  it('adds nodes by keyboard, one behind the other, and moves the focus to the new one', async () => {
    for (const title of ['sample data', 'split', 'impute']) {
      await canvas.press('a')
      await studio.page.getByPlaceholder('Add a node').fill(title)
      await canvas.press('Enter')
      await studio.page.locator('.react-flow__node-step:focus').waitFor()
    }
    expect(await canvas.edges.count()).toBe(2)
    await canvas.settle()
    const boxes = await Promise.all((await canvas.nodes.all()).map((node) => node.boundingBox()))
    const starts = boxes.map((box) => box!.x).toSorted((a, b) => a - b)
    expect(starts[1]! - starts[0]!).toBeGreaterThan(boxes[0]!.width)
    expect(starts[2]! - starts[1]!).toBeGreaterThan(boxes[0]!.width)
    const tabStops = studio.page.locator('nav[aria-label="Node types"] [draggable]:not([tabindex="-1"])')
    expect(await tabStops.count()).toBe(1)
  })

  it('connects nodes that are there by keyboard', async () => {
    await canvas.add('sample data')
    await canvas.clickEmptySpace()
    await canvas.add('split')
    expect(await canvas.edges.count()).toBe(0)
    await canvas.node('sample-data').focus()
    await canvas.press('Enter', 'Shift+A')
    await studio.page.getByPlaceholder('Nodes that fit here').fill('split')
    await canvas.press('Enter')
    await expect.poll(() => canvas.edges.count()).toBe(1)
    expect(await canvas.nodes.count()).toBe(2)
  })

  it('moves a node once, on drop', async () => {
    await canvas.add('sample data')
    const box = (await canvas.node('sample-data').boundingBox())!
    await studio.page.mouse.move(box.x + 100, box.y + 10)
    await studio.page.mouse.down()
    for (const step of [30, 60, 90]) await studio.page.mouse.move(box.x + 100 + step, box.y + 10 + step)
    await studio.page.mouse.up()
    const moved = (await canvas.node('sample-data').boundingBox())!
    expect(moved.x - box.x).toBeGreaterThan(50)
    await canvas.press('Control+z')
    await expect.poll(async () => (await canvas.node('sample-data').boundingBox())?.x).toBe(box.x)
  })

  it('groups nodes, folds the group, and takes it apart again', async () => {
    await canvas.add('sample data', 'split', 'impute')
    await canvas.arrange()
    await canvas.press('Control+a', 'Control+g')
    await studio.page.getByRole('textbox', { name: 'Title of the group' }).fill('Preparation')
    await canvas.press('Enter')
    await studio.page.getByRole('button', { name: 'Collapse the group' }).click()
    await expect.poll(() => canvas.nodes.count()).toBe(0)
    await studio.page.getByText('3 nodes').waitFor()
    await studio.page.getByRole('button', { name: 'Expand the group' }).click()
    await expect.poll(() => canvas.nodes.count()).toBe(3)
    await canvas.press('Control+Shift+g')
    await expect.poll(() => studio.page.getByText('Preparation').count()).toBe(0)
  })

  it('makes a sub-pipeline, enters it, edits inside, leaves it and runs', async () => {
    const { page } = studio
    await canvas.add('sample data', 'split', 'impute', 'profile')
    await canvas.arrange()
    await canvas.node('split').click()
    await canvas.node('impute').click({ modifiers: ['Shift'] })
    await canvas.press('Control+Shift+s')
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Prepare')
    await canvas.press('Enter')
    expect(await canvas.nodes.count()).toBe(3)
    expect(await canvas.edges.count()).toBe(2)
    await canvas.node('part').dblclick()
    await canvas.node('impute').waitFor()
    expect(await canvas.nodes.count()).toBe(2)
    await canvas.node('impute').click()
    await canvas.press('F2')
    await page.keyboard.type('Fill gaps')
    await canvas.press('Enter', 'Alt+ArrowUp')
    await canvas.node('part').waitFor()
    await canvas.run()
    expect(await canvas.runEnd()).toMatch(/^Done in .*: 3 ran$/)
    expect(await canvas.stateOf('part')).toBe('done')
    await canvas.press('Control+j', 'Control+z', 'Control+z')
    await expect.poll(() => canvas.nodes.count()).toBe(3)
  })

  it('renames, switches off and writes notes by keyboard', async () => {
    await canvas.add('sample data')
    await canvas.node('sample-data').focus()
    await canvas.press('F2')
    await studio.page.keyboard.type('Customers')
    await canvas.press('Enter')
    await canvas.node('sample-data').getByText('Customers').waitFor()
    await canvas.press('d')
    await expect.poll(() => canvas.node('sample-data').locator('.is-disabled').count()).toBe(1)
    await canvas.press('n')
    await studio.page.getByRole('textbox', { name: 'Note' }).fill('Ask sales about 2024')
    await canvas.clickEmptySpace()
    await studio.page.getByRole('button', { name: 'Undo: Edit a note' }).waitFor()
  })

  it('runs no further than to a node', async () => {
    await canvas.add('sample data', 'split', 'impute')
    await canvas.node('split').focus()
    await canvas.press('Enter', 'Shift+Enter')
    expect(await canvas.runEnd()).toMatch(/^Done in .*: (2 ran|1 ran, 1 unchanged|2 unchanged)$/)
    expect(await canvas.stateOf('impute')).toBe('idle')
  })

  it('mends a problem by a click', async () => {
    await canvas.add('sample data')
    await studio.page.getByRole('button', { name: '1 warning' }).click()
    const problems = studio.page.getByRole('region', { name: 'Problems' })
    await problems.getByRole('button', { name: /^Disable/ }).click()
    await expect.poll(() => canvas.node('sample-data').locator('.is-disabled').count()).toBe(1)
    await problems.getByRole('button', { name: 'Close the problems' }).click()
  })

  it('finds commands by name, and lists all keys', async () => {
    await canvas.press('Control+k')
    await studio.page.getByPlaceholder('What do you want to do?').fill('keyboard')
    await canvas.press('Enter')
    const sheet = studio.page.getByRole('dialog', { name: 'Keyboard and mouse' })
    await sheet.waitFor()
    expect(await sheet.textContent()).toContain('Run everything')
    await canvas.press('Escape')
  })

  it('asks before a tab closes that is not saved', async () => {
    const tabs = studio.page.getByRole('tab', { name: /Untitled/ })
    const before = await tabs.count()
    await canvas.add('sample data')
    await canvas.press('Alt+w')
    await studio.page.getByRole('button', { name: 'Don’t save' }).click()
    await expect.poll(() => tabs.count()).toBe(before - 1)
  })

  it('notices that a file has changed on disk', async () => {
    const path = await studio.page
      .getByRole('tab', { selected: true, name: /Untitled/ })
      .getAttribute('title')
    const text = readFileSync(path!, 'utf8')
    writeFileSync(path!, text.replace(/"name": "[^"]*"/, '"name": "Renamed elsewhere"'))
    await studio.page.getByRole('tab', { name: 'Renamed elsewhere' }).waitFor()
    await canvas.add('sample data')
    writeFileSync(path!, text.replace(/"name": "[^"]*"/, '"name": "And once more"'))
    await studio.page.getByText('The file has changed on disk').waitFor()
    await studio.page.getByRole('button', { name: 'Take the file' }).click()
    await studio.page.getByRole('tab', { name: 'And once more' }).waitFor()
    expect(await canvas.nodes.count()).toBe(0)
  })

  it('had nothing to complain of', () => {
    expect(studio.complaints).toEqual([])
  })
})
