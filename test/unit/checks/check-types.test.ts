import { describe, expect, test } from 'vitest'
import type { PipelineNode } from '../../../src/core/pipeline.ts'
import { check, codesOf, findingOf, fixed } from './check-and-fix.ts'
import { file, node, pipelineOf, stubNodes } from './stub-nodes.ts'

const sink = node('serving.sink')
const withStep = (step: PipelineNode) =>
  pipelineOf({ file, split: node('features.split'), step, out: sink }, [
    'file -> split',
    'split -> step',
    'step -> out',
  ])

describe('an unknown type', () => {
  test('is an error with the type that was probably meant', () => {
    const pipeline = withStep({ type: 'feature.fit', version: 1, params: { columns: ['a'] }, title: 'Mine' })
    expect(findingOf('unknown-type', pipeline)).toMatchObject({
      severity: 'error',
      at: { node: 'step' },
      message: 'There is no node type “feature.fit”.',
      remedy: 'Did you mean “features.fit”?',
      fix: { title: 'Use “features.fit”' },
    })
    expect(codesOf(pipeline)).toEqual(['unknown-type at step'])
    expect(fixed('unknown-type', pipeline).nodes.step).toEqual({
      type: 'features.fit',
      version: 3,
      params: { columns: ['a'] },
      title: 'Mine',
    })
  })

  test('may come from a plug-in', () => {
    const found = findingOf('unknown-type', withStep({ type: 'acme.magic', version: 1, params: {} }))
    expect(found.remedy).toBe('It may come from a plug-in that is not installed.')
    expect(found).not.toHaveProperty('fix')
  })

  test('may even be called like something every object has', () => {
    expect(codesOf(withStep({ type: 'constructor', version: 1, params: {} }))).toEqual([
      'unknown-type at step',
    ])
  })
})

describe('versions', () => {
  test('a newer one is an error', () => {
    const pipeline = withStep({ type: 'features.fit', version: 4, params: { unheard: 'of' } })
    expect(codesOf(pipeline)).toEqual(['newer-version at step'])
    expect(findingOf('newer-version', pipeline)).toMatchObject({
      severity: 'error',
      at: { node: 'step' },
      message: '“step” was made with version 4 of “Fit”; this Pipewright has version 3.',
      remedy: 'Update Pipewright.',
    })
  })

  test('an older one runs as the version of today and can be upgraded in the file', () => {
    const pipeline = withStep({ type: 'features.fit', version: 1, params: { column: 'a', depth: 5 } })
    expect(codesOf(pipeline)).toEqual(['older-version at step'])
    expect(findingOf('older-version', pipeline)).toMatchObject({
      severity: 'warning',
      message: '“step” was made with version 1 of “Fit” and runs as version 3.',
      fix: { title: 'Upgrade “step” to version 3' },
    })
    expect(check(pipeline).params.get('step')).toEqual({ columns: ['a'], depth: 5 })
    const after = fixed('older-version', pipeline)
    expect(after.nodes.step).toEqual({
      type: 'features.fit',
      version: 3,
      params: { columns: ['a'], depth: 5 },
    })
    expect(codesOf(after)).toEqual([])
  })

  test('an upgrade keeps references to parameters', () => {
    const pipeline = {
      ...withStep({ type: 'features.fit', version: 2, params: { columnList: ['${column}'] } }),
      parameters: { column: { type: 'text' as const, default: 'a' } },
    }
    expect(check(pipeline).params.get('step')).toEqual({ columns: ['a'], depth: 2 })
    expect(fixed('older-version', pipeline).nodes.step!.params).toEqual({ columns: ['${column}'] })
  })

  test('what an upgrade makes of bad parameters is told of without a fix in the wrong place', () => {
    const pipeline = withStep({ type: 'features.fit', version: 2, params: { columnList: 'a' } })
    expect(codesOf(pipeline)).toEqual(['older-version at step', 'bad-parameter at step'])
    expect(findingOf('bad-parameter', pipeline)).not.toHaveProperty('fix')
  })

  test('one from which no upgrade leads is an error', () => {
    const pipeline = withStep({ type: 'features.fit', version: 1, params: { column: 'a' } })
    const { upgrades: _, ...fit } = stubNodes.get('features.fit')!
    const definitions = new Map([...stubNodes, ['features.fit', fit]])
    expect(findingOf('no-upgrade', pipeline, { definitions })).toMatchObject({
      severity: 'error',
      message: '“step” was made with version 1 of “Fit”, from which no way leads to version 3.',
    })
  })
})
