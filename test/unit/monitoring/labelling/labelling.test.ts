import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { feedbackEntrySchema } from '../../../../src/contract/prediction-log-contract.ts'
import type { Labelling } from '../../../../src/monitoring/labelling/open-labelling.ts'
import { openLabellingBench, visits } from './labelling-bench.ts'

const asked = { deployment: 'visits', limit: 200, newest: 5_000 }

describe('the labelling queue', () => {
  it('has the rows without a label, those first that the model is least sure of', async () => {
    const { labelling, reader, ids } = await openLabellingBench()
    const labelled = feedbackEntrySchema.parse({ predictionId: ids[0]!, label: 'no' })
    await reader.append('visits', [labelled])
    const {
      target,
      looked,
      labelled: known,
      rows,
    } = await labelling.queue({ ...asked, rankBy: 'uncertainty' })
    expect({ target, looked, known }).toEqual({
      target: { name: 'bought', classes: ['no', 'yes'] },
      looked: 120,
      known: 1,
    })
    expect(rows).toHaveLength(119)
    const margins = rows.map(({ probabilities }) => Math.abs(probabilities![1]!.probability - 0.5))
    expect(margins).toEqual(margins.toSorted((a, b) => a - b))
    expect(rows[0]!.decision).toEqual({ class: 'yes', threshold: 0.5 })
    expect(rows[0]!.reasons.uncertainty).toBeCloseTo(1 - 2 * margins[0]!, 6)
    // A label that is taken back is none.
    const retracted = feedbackEntrySchema.parse({ predictionId: ids[0]!, isRetracted: true })
    await reader.append('visits', [retracted])
    expect((await labelling.queue({ ...asked, rankBy: 'uncertainty' })).labelled).toBe(0)
  })

  it('tells what the shadow says otherwise, and the values that training hardly had', async () => {
    const strange = { town: 'Apolda', minutes: 900, truth: 'yes' as const }
    const { labelling, ids } = await openLabellingBench([...visits(30), strange])
    const novel = await labelling.queue({ ...asked, rankBy: 'novelty' })
    expect(novel.rows[0]).toMatchObject({
      predictionId: ids[30],
      inputs: { town: 'Apolda', minutes: 900 },
      // Neither was among the 150 rows of training.
      reasons: { novelty: { score: expect.closeTo(Math.log(151), 6) } },
    })
    const { shadows, rows } = await labelling.queue({ ...asked, rankBy: 'disagreement' })
    expect(shadows).toEqual(['minutes:1'])
    const scores = rows.map(({ reasons }) => reasons.disagreement!.score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    expect(scores[0]).toBeGreaterThan(0.2)
    // The shadow does not know that people in Jena make up their minds sooner.
    expect(rows[0]!.inputs['town']).toBe('Jena')
  })
})

describe('the import of labels', () => {
  const importing = (labelling: Labelling, request: object) =>
    labelling.import({
      deployment: 'visits',
      path: '',
      match: { kind: 'id', column: 'id' },
      label: 'bought',
      source: 'import',
      leftPath: null,
      ...request,
    })

  it('finds answers by their ids, and tells of each row that it leaves', async () => {
    const { labelling, reader, ids, workspace } = await openLabellingBench(visits(6))
    const path = join(workspace.paths.folder, 'truths.csv')
    const lines = [
      `${ids[0]},no`,
      `${ids[1]},yes`,
      `${ids[2]},`,
      `${ids[3]},maybe`,
      'none,no',
      `${ids[1]},no`,
      `${ids[1]},yes`,
    ]
    await writeFile(path, ['id,bought', ...lines, ''].join('\n'))
    const leftPath = join(workspace.paths.folder, 'left.csv')
    const found = await importing(labelling, { path, leftPath })
    expect(found).toMatchObject({ rows: 7, taken: 3, answers: 2 })
    expect(found.first.map(({ row, reason }) => [row, reason])).toEqual([
      [3, 'It has no label.'],
      [4, expect.stringContaining('“maybe” is no class')],
      [5, expect.stringContaining('no prediction id')],
      [6, 'Row 2 says otherwise about the same.'],
    ])
    expect(found.left.reduce((sum, { rows }) => sum + rows, 0)).toBe(4)
    const left = (await readFile(leftPath, 'utf8')).trimEnd().split('\n')
    expect(left).toHaveLength(5)
    const index = await reader.feedback('visits')
    const said = await index.of(ids)
    expect(ids.map((id) => said.get(id)?.label)).toEqual([
      'no',
      'yes',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(said.get(ids[0]!)?.source).toBe('import')
  })

  it('finds answers by the values that the model was asked with: all of them, or the newest', async () => {
    const twice = [...visits(5), visits(5)[2]!]
    const { labelling, reader, ids, workspace } = await openLabellingBench(twice)
    const path = join(workspace.paths.folder, 'keys.csv')
    const { town, minutes } = twice[2]!
    await writeFile(
      path,
      `where,town,minutes,bought\nx,${town}, ${minutes}.0,yes\ny,Nowhere,1,no\nz,Jena,often,no\n`,
    )
    const match = { kind: 'keys', columns: ['town', 'minutes'], meant: 'newest' }
    const newest = await importing(labelling, { path, match })
    expect(newest).toMatchObject({ rows: 3, taken: 1, answers: 1 })
    expect(newest.first.map(({ row, reason, values }) => [row, reason, values['where']])).toEqual([
      [2, 'No answer in the log was asked for with these values.', 'y'],
      [3, '“often” is no value of “minutes”.', 'z'],
    ])
    const labelOf = async (id: string) => (await (await reader.feedback('visits')).of([id])).get(id)?.label
    expect([await labelOf(ids[2]!), await labelOf(ids[5]!)]).toEqual([undefined, 'yes'])
    expect(await importing(labelling, { path, match: { ...match, meant: 'all' } })).toMatchObject({
      answers: 2,
    })
    expect(await labelOf(ids[2]!)).toBe('yes')
    await writeFile(path, 'order,bought\n r3 ,no\nr9,no\n')
    const byRequest = await importing(labelling, {
      path,
      match: { kind: 'request', column: 'order', meant: 'all' },
    })
    expect(byRequest).toMatchObject({ rows: 2, taken: 1, answers: 1 })
    expect(byRequest.first).toMatchObject([{ row: 2, reason: 'No answer in the log is to this request.' }])
    expect(await labelOf(ids[3]!)).toBe('no')
  })

  it('leaves rows whose id or label no feedback can have, and takes the others', async () => {
    const { labelling, ids, workspace } = await openLabellingBench(visits(2))
    const path = join(workspace.paths.folder, 'holes.csv')
    const lines = [',yes', `${ids[0]},no`, `${'x'.repeat(201)},yes`, `${ids[1]},${'y'.repeat(10_001)}`]
    await writeFile(path, ['id,bought', ...lines, ''].join('\n'))
    const found = await importing(labelling, { path })
    expect(found).toMatchObject({ rows: 4, taken: 1, answers: 1 })
    expect(found.first.map(({ row, reason }) => [row, reason])).toEqual([
      [1, 'It has no id.'],
      [3, 'Its id has more than 200 characters.'],
      [4, 'Its label has more than 10000 characters.'],
    ])
  })

  it('takes nothing more once it is interrupted', async () => {
    const { labelling, reader, ids, workspace } = await openLabellingBench(visits(1))
    const path = join(workspace.paths.folder, 'late.csv')
    await writeFile(path, `id,bought\n${ids[0]},yes\n`)
    await expect(importing(labelling, { path, signal: AbortSignal.abort() })).rejects.toThrow('aborted')
    expect((await (await reader.feedback('visits')).of(ids)).size).toBe(0)
  })

  it('says that a file is empty, or has no rows', async () => {
    const { labelling, workspace } = await openLabellingBench(visits(1))
    const path = join(workspace.paths.folder, 'bare.csv')
    await writeFile(path, 'id,bought\n')
    await expect(importing(labelling, { path })).rejects.toMatchObject({ code: 'labelling.no-rows' })
    await writeFile(path, '\n')
    await expect(importing(labelling, { path })).rejects.toMatchObject({ code: 'labelling.file-empty' })
  })

  it('says which column a file, or a model, does not have', async () => {
    const { labelling, workspace } = await openLabellingBench(visits(1))
    const path = join(workspace.paths.folder, 'small.csv')
    await writeFile(path, 'customer,bought\n1,yes\n')
    await expect(importing(labelling, { path })).rejects.toMatchObject({ code: 'labelling.unknown-column' })
    const match = { kind: 'keys', columns: ['customer'], meant: 'all' }
    await expect(importing(labelling, { path, match })).rejects.toMatchObject({
      code: 'labelling.unknown-key',
    })
    await expect(importing(labelling, { path: `${path}.gone` })).rejects.toMatchObject({
      code: 'labelling.file-unreadable',
    })
  })
})

describe('labelling functions', () => {
  it('vote, are judged by their agreement, and give the labels that they are sure of', async () => {
    const { labelling, reader, ids, rows } = await openLabellingBench()
    const functions = [
      { name: 'long', expression: 'minutes > 45', label: 'yes' },
      { name: 'short', expression: 'minutes < 15', label: 'no' },
      { name: 'Jena', expression: "town = 'Jena' and minutes > 20", label: 'yes' },
      { name: 'elsewhere', expression: "town <> 'Jena' and minutes <= 40", label: 'no' },
      { name: 'model', expression: 'answer', label: null },
      { name: 'broken', expression: 'hours > 3', label: 'yes' },
    ]
    await labelling.keepFunctions('visits', functions)
    expect(await labelling.functions('visits')).toEqual({
      functions,
      columns: [
        { name: 'town', type: 'text' },
        { name: 'minutes', type: 'integer' },
        { name: 'answer', type: 'text' },
        { name: 'probability', type: 'number' },
      ],
    })
    await reader.append('visits', [
      feedbackEntrySchema.parse({ predictionId: ids[0]!, label: rows[0]!.truth }),
    ])
    const votes = await labelling.vote({ deployment: 'visits', functions: null, newest: 5_000 })
    expect(votes).toMatchObject({ rows: 120, voted: 120, isIdentified: true, known: { right: 1, rows: 1 } })
    const long = rows.filter(({ minutes }) => minutes > 45)
    expect(votes.functions[0]).toMatchObject({
      name: 'long',
      problem: null,
      coverage: long.length / 120,
      overlap: long.length / 120,
      labels: [{ label: 'yes', votes: long.length }],
    })
    expect(votes.functions[0]!.accuracy).toBeGreaterThan(0.9)
    expect(votes.functions[5]).toMatchObject({
      problem: expect.stringContaining('hours'),
      coverage: 0,
      accuracy: null,
    })
    const taken = await labelling.takeVotes({ deployment: 'visits', atLeast: 0.95, newest: 5_000 })
    expect(taken.accepted).toBe(votes.sure.find(({ atLeast }) => atLeast === 0.95)!.rows)
    const said = await (await reader.feedback('visits')).of(ids)
    const given = ids.flatMap((id, row) => {
      const label = said.get(id)?.label
      return label === undefined ? [] : [label === rows[row]!.truth]
    })
    expect(given.filter(Boolean).length / given.length).toBeGreaterThan(0.95)
    expect(said.get(ids[1]!)?.source).toBe('labelling-functions')
  })
})
