import type { Locator, Page } from 'playwright-core'
import type { Field, FieldKind } from '../../renderer/inspector/form/field-model.ts'

/** An element of the page: tests are compiled without the types of the DOM. */
interface Row {
  getAttribute: (name: string) => string | null
}

/** Sets the fields of the inspector’s form as a user would, each to something that it was not. */
export class FormDriver {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get form(): Locator {
    return this.page.getByRole('form', { name: 'Parameters' })
  }

  row(path: string): Locator {
    return this.form.locator(`[data-field="${path}"]`)
  }

  /** Of the parameters and the fields within them, as they stand in the form. */
  async paths(): Promise<(string | null)[]> {
    return this.form
      .locator('[data-field]')
      .evaluateAll((rows) => rows.map((row) => (row as unknown as Row).getAttribute('data-field')))
  }

  async showAll(): Promise<void> {
    const more = this.form.getByRole('button', { name: /more parameters?$/ })
    if ((await more.count()) > 0) await more.click()
  }

  async set(field: Field, path: string = field.name): Promise<void> {
    const row = this.row(path)
    if (field.isNullable && ['object', 'list', 'union', 'record'].includes(field.field.kind))
      return row.getByRole('button', { name: `Set ${field.title.toLowerCase()}` }).click()
    await this.#setKind(field, { row, path })
  }

  async #setKind(field: Field, { row, path }: { row: Locator; path: string }): Promise<void> {
    const kind = field.field
    switch (kind.kind) {
      case 'text':
      case 'file':
        return this.#fill(row.getByRole('textbox'), 'x')
      case 'number':
        return this.#fill(row.getByRole('textbox'), String(otherNumber(field, kind)))
      case 'scalar':
      case 'values':
        return this.#fill(row.getByRole('textbox'), '7')
      case 'tuple':
        return this.#fill(row.getByRole('textbox'), '2')
      case 'switch':
        return this.#toggle(row)
      case 'choice':
      case 'union':
        return this.#choose(row)
      case 'choices':
        return row.getByRole('checkbox').first().click()
      case 'column':
      case 'secret':
      case 'registered-model':
        return this.#pick(row.locator('button[aria-haspopup=dialog]'))
      case 'columns':
        return this.#setColumns(row, kind)
      case 'expression':
      case 'query':
        return this.#type(row)
      case 'object':
        return this.set(kind.fields[0]!, `${path}.${kind.fields[0]!.name}`)
      case 'list':
        return this.#add(row, kind)
      case 'record':
        return this.#pick(row.getByRole('button', { name: /^Add/ }))
      case 'either':
      case 'json':
        throw new Error(`No way is known to set “${path}”.`)
    }
  }

  async #fill(field: Locator, text: string): Promise<void> {
    await field.first().fill(text)
    await field.first().press('Enter')
  }

  async #toggle(row: Locator): Promise<void> {
    const toggle = row.getByRole('switch')
    if ((await toggle.count()) > 0) await toggle.click()
    else await this.#choose(row)
  }

  /** The first option that is not the one that counts now. */
  async #choose(row: Locator): Promise<void> {
    await row.getByRole('combobox').first().click()
    await this.page.getByRole('option', { selected: false }).first().click()
  }

  async #pick(button: Locator): Promise<void> {
    await button.click()
    await this.page.locator('input[cmdk-input]').fill('x')
    await this.page.keyboard.press('Enter')
  }

  async #setColumns(row: Locator, { byRule }: Extract<FieldKind, { kind: 'columns' }>): Promise<void> {
    if (byRule) await row.getByRole('radio', { name: 'By name' }).click()
    else {
      await this.#pick(row.getByRole('button', { name: 'Add columns' }))
      await this.page.keyboard.press('Escape')
    }
  }

  async #type(row: Locator): Promise<void> {
    await row.locator('.cm-content').click()
    await this.page.keyboard.type('x')
  }

  async #add(row: Locator, { item }: Extract<FieldKind, { kind: 'list' }>): Promise<void> {
    const button = row.getByRole('button', { name: item.field.kind === 'record' ? 'Column' : /^Add/ })
    await button.last().click()
    if (item.field.kind === 'union') await this.page.keyboard.press('Enter')
  }
}

/** Within the limits, and not the default. */
function otherNumber(
  { fallback }: Field,
  { limits, isWhole }: Extract<FieldKind, { kind: 'number' }>,
): number {
  const lowest = limits.minimum ?? 0
  const highest = limits.maximum ?? lowest + 10
  const step = isWhole ? 1 : (highest - lowest) / 4
  const wished = lowest + step
  return wished === fallback ? wished + step : wished
}
