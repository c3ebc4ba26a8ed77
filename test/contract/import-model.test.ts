import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sklearnColumns, xgboostBinary } from '../fixtures/onnx/foreign-models.ts'
import { builtInCommand, runCommand } from './run-command.ts'
import { TestWorkspace } from './test-workspace.ts'

const reference = `age;visits;city
${Array.from({ length: 40 }, (_, row) => `${20 + row},5;${row % 7};${row % 2 ? 'Berlin' : '-'}`).join('\n')}
`

describe('pipewright models import', () => {
  const workspace = new TestWorkspace()
  const pipewright = (...args: string[]) =>
    runCommand(args, { cwd: workspace.folder, command: builtInCommand })
  const answers = (file: string): string[] =>
    readFileSync(join(workspace.folder, file), 'utf8').trim().split('\n')

  beforeAll(() => {
    const files = {
      'columns.onnx': sklearnColumns(),
      'trees.onnx': xgboostBinary(),
    }
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(workspace.folder, name), bytes)
    workspace.write('people.csv', reference)
    workspace.write('new.csv', 'city;age;visits\nBerlin;50,0;3\n-;20,5;9\n')
  })
  afterAll(() => workspace[Symbol.dispose]())

  it('registers a model that answers files like any other, read as its reference is', async () => {
    const names = ['--name', 'visitors', '--labels', 'stays,leaves', '--target', 'churn']
    const imported = await pipewright(
      'models',
      'import',
      'columns.onnx',
      ...names,
      '--reference',
      'people.csv',
      '--alias',
      'champion',
    )
    expect(imported).toMatchObject({ code: 0, stderr: '' })
    const shown = await pipewright('models', 'show', 'visitors@champion')
    expect(shown.stdout).toMatch(/binary of churn \(stays, leaves\), by imported[^]*city +text/)
    const { code } = await pipewright('predict', 'visitors', 'new.csv', '-o', 'answers.csv')
    expect(code).toBe(0)
    expect(answers('answers.csv').map((line) => /stays|leaves/.exec(line)?.[0])).toEqual([
      undefined,
      'leaves',
      'stays',
    ])
  })

  it('takes the mapping of a file, says what waits for reference rows, and that it cannot explain', async () => {
    workspace.write('trees.json', JSON.stringify({ columns: ['a', 'b'], labels: ['no', 'yes'] }))
    const imported = await pipewright(
      'models',
      'import',
      'trees.onnx',
      '--name',
      'trees',
      '--mapping',
      'trees.json',
    )
    expect(imported.code).toBe(0)
    expect(imported.stderr).toMatch(/wait until reference rows are connected/)
    const explained = await pipewright('explain', 'trees', '--row', '{"a": 1, "b": 99}')
    expect(explained.code).not.toBe(0)
    expect(explained.stderr).toMatch(/was imported|cannot/)
  })

  it('registers into the workspace of the current folder, wherever the file is, and says what its card can', async () => {
    using elsewhere = new TestWorkspace()
    mkdirSync(elsewhere.path('.pipewright'))
    writeFileSync(elsewhere.path('trees.onnx'), xgboostBinary())
    const names = ['--name', 'far', '--columns', 'a,b', '--labels', 'no,yes']
    const imported = await pipewright('models', 'import', elsewhere.path('trees.onnx'), ...names)
    expect(imported.code).toBe(0)
    const card = await pipewright('models', 'card', 'far')
    expect(card).toMatchObject({ code: 0, stderr: '' })
    expect(card.stdout).toMatch(/learned from table.*not known/)
  })

  it('refuses a mapping that it does not know', async () => {
    workspace.write('bad.json', '{"colums": []}')
    const bad = await pipewright('models', 'import', 'trees.onnx', '--name', 'x', '--mapping', 'bad.json')
    expect(bad.stderr).toMatch(/bad\.json cannot be used/)
  })
})
