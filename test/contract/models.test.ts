import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cell } from '../../src/contract/cell.ts'
import type { TreeNode } from '../../src/contract/model-details.ts'
import type { TablePage } from '../../src/contract/tables-contract.ts'
import { customers, openApp, type Customer, type OpenApp } from './app-workspace.ts'

const champion = { reference: 'leaving@champion' }

describe.each(['in-process', 'WebSocket'] as const)('models over the %s', (transport) => {
  let app: OpenApp

  beforeAll(async () => {
    app = await openApp(transport)
  })
  afterAll(() => app[Symbol.asyncDispose]())

  const whole = (output: string): Promise<TablePage> =>
    app.client.tables.page({
      artifact: app.artifact(output),
      offset: 0,
      limit: 400,
      sort: null,
      filter: null,
    })
  const column = ({ columns, rows }: TablePage, name: string): Cell[] =>
    rows.map((row) => row[columns.findIndex((each) => each.name === name)]!)
  const rawRow = ({ age, visits, town, member, spend }: Customer) => ({
    age: age === null ? '' : ` ${age} `,
    visits,
    town,
    member: member ? 'true' : 'no',
    spend: String(spend),
  })

  it('answer a raw row as they do a table', async () => {
    const predicted = await whole('predict.table')
    const names = predicted.columns.map(({ name }) => name)
    const probability = names.findLast((name) => /probability|yes/i.test(name))!
    for (const index of [0, 1, 7, 11, 250]) {
      const answer = await app.client.models.answer({ model: champion, row: rawRow(customers[index]!) })
      if (answer.outcome !== 'answered') throw new Error(JSON.stringify(answer))
      expect(predicted.rows[index]).toContain(answer.answer)
      const yes = answer.probabilities!.find((each) => each.class === 'yes')!.probability
      expect(column(predicted, probability)[index]).toBe(yes)
    }
  })

  it('have a card, as parts, as a text and as a page', async () => {
    const { card, markdown, html } = await app.client.models.card(champion)
    expect(card.title).toBe('leaving, version 1')
    const titles = card.sections.map(({ title }) => title)
    expect(titles.length).toBeGreaterThan(3)
    for (const title of titles) expect(markdown).toContain(`\n## ${title}\n`)
    expect(html).toContain('<title>leaving, version 1</title>')
  })

  it('say which values they cannot read, and why', async () => {
    const row = { ...rawRow(customers[1]!), age: 'old', member: 'perhaps' }
    expect(await app.client.models.answer({ model: champion, row })).toEqual({
      outcome: 'refused',
      problems: [
        { input: 'age', message: '“old” is not a whole number.' },
        { input: 'member', message: '“perhaps” is not true or false.' },
      ],
    })
  })

  it('are known by their artifact, too', async () => {
    const row = rawRow(customers[5]!)
    const artifact = app.artifact('logistic.model')
    const [byName, byHash] = await Promise.all([
      app.client.models.answer({ model: champion, row }),
      app.client.models.answer({ model: { artifact }, row }),
    ])
    expect(byHash).toMatchObject({ outcome: 'answered', answer: (byName as { answer: string }).answer })
  })

  it('show the coefficients of a linear model, which give its answers', async () => {
    const { structure, model, inputs } = await app.client.models.details(champion)
    if (structure?.kind !== 'linear') throw new Error('this is no linear model')
    const scaled = await whole('scale.table')
    const features = scaled.columns.flatMap(({ name, role }, index) =>
      role === 'feature' ? [{ name, index }] : [],
    )
    const row = scaled.rows[9]!
    const values = features.flatMap(({ index }) => {
      const cell = row[index]!
      return Array.isArray(cell) ? cell.map(Number) : [Number(cell)]
    })
    expect(values).toHaveLength(model.features.length)
    const score = values.reduce(
      (sum, value, index) => sum + Math.fround(value) * structure.coefficients[0]![index]!,
      structure.intercepts[0]!,
    )
    const answer = await app.client.models.answer({ model: champion, row: rawRow(customers[9]!) })
    const probabilities = answer.outcome === 'answered' ? answer.probabilities! : []
    expect(probabilities.at(-1)!.probability).toBeCloseTo(1 / (1 + Math.exp(-score)), 6)
    expect(Object.keys(inputs).toSorted()).toEqual(['age', 'member', 'spend', 'town', 'visits'])
  })

  it('show the trees of a model of trees', async () => {
    const { structure, model } = await app.client.models.details({ artifact: app.artifact('trees.model') })
    if (structure?.kind !== 'trees') throw new Error('this is no model of trees')
    expect(structure.trees).toHaveLength(structure.count)
    for (const tree of structure.trees) {
      const leaves = tree.filter(({ value }) => value !== null)
      expect(leaves.length).toBeLessThanOrEqual(4)
      expect(tree.length).toBe(2 * leaves.length - 1)
      expect(reached(tree)).toEqual(new Set(tree.keys()))
      const asked = tree.flatMap(({ feature }) => feature ?? [])
      expect(asked.every((name) => model.features.includes(name))).toBe(true)
    }
  })

  it('tell what each column adds to an answer', async () => {
    for (const model of [champion, { artifact: app.artifact('trees.model') }]) {
      const row = rawRow(customers[7]!)
      const explained = await app.client.models.explain({ model, row })
      if (explained.outcome !== 'explained') throw new Error(JSON.stringify(explained))
      const { base, score, contributions, scale, probabilities } = explained
      expect(scale).toBe('log-odds')
      expect(contributions.map(({ column }) => column).toSorted()).toEqual(
        ['age', 'member', 'spend', 'town', 'visits'].toSorted(),
      )
      expect(contributions.reduce((sum, each) => sum + each.contribution, base)).toBeCloseTo(score, 9)
      const share = probabilities!.find((each) => each.class === explained.class)!.probability
      expect(score).toBeCloseTo(Math.log(share / (1 - share)), 4)
      const other = await app.client.models.explain({ model, row, class: 'no' })
      expect(other).toMatchObject({ outcome: 'explained', class: 'no' })
      expect('score' in other && other.score).toBeCloseTo(-score, 9)
    }
    const refused = { model: champion, row: { ...rawRow(customers[1]!), age: 'old' } }
    expect(await app.client.models.explain(refused)).toMatchObject({ outcome: 'refused' })
    await expect(
      app.client.models.explain({ model: champion, row: rawRow(customers[7]!), class: 'perhaps' }),
    ).rejects.toMatchObject({ code: 'view.unknown-class', kind: 'user' })
  })

  it('find changes of a row that lead to another answer', async () => {
    const row = rawRow(customers[7]!)
    const answered = await app.client.models.answer({ model: champion, row })
    const searched = await app.client.models.counterfactuals({ model: champion, row, mostChanges: 2 })
    if (searched.outcome !== 'searched' || answered.outcome !== 'answered') throw new Error('not read')
    const other = answered.answer === 'yes' ? 'no' : 'yes'
    expect(searched).toMatchObject({ answer: answered.answer, wanted: { class: other }, isReached: false })
    expect(searched.found.length).toBeGreaterThan(0)
    for (const { changes, answer, probabilities } of searched.found) {
      const changed = { ...row, ...Object.fromEntries(changes.map(({ column, to }) => [column, to])) }
      expect(await app.client.models.answer({ model: champion, row: changed })).toMatchObject({
        answer: other,
        probabilities,
      })
      expect(answer).toBe(other)
    }
    const kept = {
      model: champion,
      row,
      mostChanges: 5,
      columns: ['town'],
      wanted: { class: other },
    }
    const narrow = await app.client.models.counterfactuals(kept)
    const touched = 'found' in narrow ? [...narrow.found, ...(narrow.closest ? [narrow.closest] : [])] : []
    expect(touched.flatMap(({ changes }) => changes.map(({ column }) => column))).toEqual(
      touched.map(() => 'town'),
    )
    const asItIs = { model: champion, row, mostChanges: 1, wanted: { class: String(answered.answer) } }
    expect(await app.client.models.counterfactuals(asItIs)).toMatchObject({ isReached: true, found: [] })
    for (const [wrong, code] of [
      [{ columns: ['size'] }, 'view.unknown-input'],
      [{ wanted: { class: 'perhaps' } }, 'view.unknown-class'],
      [{ wanted: { atLeast: 1 } }, 'view.bound-for-classes'],
    ] as const)
      await expect(
        app.client.models.counterfactuals({
          model: champion,
          row,
          mostChanges: 1,
          ...('columns' in wrong ? { columns: [...wrong.columns] } : wrong),
        }),
      ).rejects.toMatchObject({ code })
  })

  it('that are not there are said to be missing', async () => {
    await expect(app.client.models.details({ artifact: 'a'.repeat(64) })).rejects.toMatchObject({
      code: 'artifact.missing',
    })
    await expect(app.client.models.details({ reference: 'nobody' })).rejects.toMatchObject({ kind: 'user' })
  })
})

function reached(tree: readonly TreeNode[]): Set<number> {
  const found = new Set<number>()
  const visit = (index: number | null): void => {
    if (index === null) return
    found.add(index)
    visit(tree[index]!.yes)
    visit(tree[index]!.no)
  }
  visit(0)
  return found
}
