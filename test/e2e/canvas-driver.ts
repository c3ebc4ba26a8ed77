import type { Locator, Page } from 'playwright-core'

/** What a user does on the canvas, and what there is to see. */
export class CanvasDriver {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get pane(): Locator {
    return this.page.locator('.react-flow__pane')
  }

  get nodes(): Locator {
    return this.page.locator('.react-flow__node-step')
  }

  get edges(): Locator {
    return this.page.locator('.react-flow__edge')
  }

  node(id: string): Locator {
    return this.page.locator(`.react-flow__node[data-id="${id}"]`)
  }

  port(id: string, side: 'source' | 'target', name: string): Locator {
    return this.node(id).locator(`.port.${side}[data-handleid="${name}"]`)
  }

  /** Drags a node type out of the palette. */
  async dragIn(title: string, at: { x: number; y: number }): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Node types' })
      .getByRole('button', { name: title, exact: true })
      .dragTo(this.pane, { targetPosition: at })
  }

  /** Finds node types in the palette by keyboard: each is added behind the one before. */
  async add(...titles: readonly string[]): Promise<void> {
    const find = this.page.getByRole('searchbox', { name: 'Find a node type' })
    for (const title of titles) {
      await find.fill(title)
      await find.press('Enter')
    }
    await find.fill('')
    await find.blur()
    await this.settle()
  }

  /** Pulls an edge out of a port and drops it on empty space; then types what to add there. */
  async pullOut(id: string, port: string, title: string): Promise<void> {
    const { x, y } = await this.#middleOf(this.port(id, 'source', port))
    await this.page.mouse.move(x, y)
    await this.page.mouse.down()
    await this.page.mouse.move(x + 60, y + 70, { steps: 4 })
    await this.page.mouse.up()
    await this.page.getByPlaceholder('Nodes that fit here').fill(title)
    await this.page.keyboard.press('Enter')
  }

  async connect(from: Locator, to: Locator): Promise<void> {
    await this.startConnecting(from, to)
    await this.page.mouse.up()
  }

  /** Pulls an edge from one port to another, and does not let go. */
  async startConnecting(from: Locator, to: Locator): Promise<void> {
    const start = await this.#middleOf(from)
    const end = await this.#middleOf(to)
    await this.page.mouse.move(start.x, start.y)
    await this.page.mouse.down()
    await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 })
    await this.page.mouse.move(end.x, end.y, { steps: 4 })
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** A place of the canvas where nothing stands. */
  async clickEmptySpace(): Promise<void> {
    await this.pane.click({ position: { x: 12, y: 12 } })
  }

  /** Lays all nodes out and shows them; done when nothing moves any more. */
  async arrange(): Promise<void> {
    await this.page.getByRole('button', { name: 'Arrange all nodes' }).click()
    await this.page.getByRole('button', { name: 'Undo: Arrange all nodes' }).waitFor()
    await this.settle()
  }

  async settle(): Promise<void> {
    const look = async (): Promise<string | null> =>
      this.page.locator('.react-flow__viewport').getAttribute('style')
    let before: string | null = ''
    for (let now = await look(); now !== before; now = await look()) {
      before = now
      await this.page.waitForTimeout(120)
    }
  }

  async run(): Promise<void> {
    await this.page.getByRole('button', { name: 'Run', exact: true }).click()
  }

  /** How the run ended, in the words of the status bar. */
  async runEnd(): Promise<string> {
    const end = this.page.getByRole('status').filter({ hasText: /^(Done|Failed|Stopped) in/ })
    await end.waitFor({ timeout: 120_000 })
    return (await end.textContent()) ?? ''
  }

  async stateOf(id: string): Promise<string | null> {
    return this.node(id).locator('.step-card').getAttribute('data-state')
  }

  async statesOf(...ids: readonly string[]): Promise<Record<string, string | null>> {
    const states = await Promise.all(ids.map(async (id) => [id, await this.stateOf(id)] as const))
    return Object.fromEntries(states)
  }

  async #middleOf(place: Locator): Promise<{ x: number; y: number }> {
    const box = await place.boundingBox()
    if (!box) throw new Error(`${String(place)} is not to be seen`)
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
}
