import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSession } from '../../src/onnx/session.ts'
import { kerasSigmoid } from '../fixtures/onnx/foreign-models.ts'
import { builtInCommand, runCommand } from './run-command.ts'
import { TestWorkspace } from './test-workspace.ts'

describe('pipewright export', () => {
  const workspace = new TestWorkspace()
  const pipewright = (...args: string[]) =>
    runCommand(args, { cwd: workspace.folder, command: builtInCommand })

  beforeAll(async () => {
    writeFileSync(workspace.path('churn.onnx'), kerasSigmoid())
    const names = ['--name', 'churn', '--columns', 'a,b', '--labels', 'no,yes']
    const { code, stderr } = await pipewright('models', 'import', 'churn.onnx', ...names)
    if (code !== 0) throw new Error(stderr)
  })
  afterAll(() => workspace[Symbol.dispose]())

  it('writes a repository whose graph opens, and nothing over what is there', async () => {
    const kserve = (folder: string) =>
      pipewright('export', 'kserve', 'churn', '-o', folder, '--storage-uri', 's3://models/churn')
    const exported = await kserve('fleet')
    expect(exported).toMatchObject({ code: 0, stderr: '' })
    const session = await openSession(
      readFileSync(workspace.path('fleet/model-repository/churn/1/model.onnx')),
    )
    expect(session.inputs.map(({ name }) => name)).toEqual(['a', 'b'])
    await session.close()
    expect(existsSync(workspace.path('fleet/inference-service.yaml'))).toBe(true)
    workspace.write('mine/notes.txt', 'Mine.')
    for (const taken of ['mine', 'fleet'])
      expect((await kserve(taken)).stderr).toMatch(/is there already, and is no empty folder/)
  })

  it('writes a package that the image registers by the same steps as here', async () => {
    expect((await pipewright('export', 'docker', 'churn', '-o', 'image')).code).toBe(0)
    const registered = await pipewright('run', 'image/register.pipeline.json', '--workspace', 'image')
    expect(registered).toMatchObject({ code: 0 })
    const shown = await pipewright('models', 'show', 'churn', '--workspace', 'image')
    expect(shown.stdout).toMatch(/binary of prediction \(no, yes\), by imported/)
  })
})
