import { expect, test } from 'vitest'
import { check, codesOf } from './check-and-fix.ts'
import { file, node, pipelineOf } from './stub-nodes.ts'

test('findings come in the order of the nodes in the file, what is about all of it first', () => {
  const pipeline = {
    ...pipelineOf(
      {
        last: node('serving.sink'),
        split: node('features.split', { test: 5 }),
        file,
        loose: node('features.derive'),
      },
      ['file -> split', 'split.tabl -> last'],
    ),
    parameters: { needed: { type: 'text' as const } },
  }
  expect(codesOf(pipeline)).toEqual([
    'missing-value',
    'missing-port at last',
    'bad-parameter at split',
    'missing-input at loose',
    'unused-output at loose',
  ])
})

test('an empty pipeline is a pipeline, in which nothing can run', () => {
  expect(check(pipelineOf({}, []))).toMatchObject({ findings: [{ code: 'no-nodes', severity: 'warning' }] })
})

test('5 000 nodes in a row, each wrong in its own way, are all told of', () => {
  const ids = Array.from({ length: 4_999 }, (_, index) => `n${index}`)
  const nodes = Object.fromEntries(ids.map((id) => [id, node('features.fit', { columns: ['nothing'] })]))
  const edges = ids.map((id, index) => `${index === 0 ? 'file' : ids[index - 1]} -> ${id}`)
  const { findings, shapes } = check(pipelineOf({ file, ...nodes }, edges))
  const count = (code: string) => findings.filter((finding) => finding.code === code).length
  expect(count('unknown-column')).toBe(4_999)
  expect(count('not-split')).toBe(1)
  expect(shapes.size).toBe(5_000)
})
