import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { sha256OfFile } from '../../../src/files/sha256.ts'
import { decodeMessage, encodeMessage } from '../../../src/onnx/codec.ts'
import { splitNumbers } from '../../../nodes/example-tables.ts'
import { loadModel } from '../../../nodes/serving/load-model/definition.ts'
import { probe, run as loadRun } from '../../../nodes/serving/load-model/run.ts'
import type { ModelPackage } from '../../../src/core/model-package.ts'
import { saveModel } from '../../../nodes/serving/save-model/definition.ts'
import { run as save } from '../../../nodes/serving/save-model/run.ts'
import { logisticRegression } from '../../../nodes/training/logistic-regression/definition.ts'
import { run as train } from '../../../nodes/training/logistic-regression/run.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext({ failures: saveModel.failures })
})
afterEach(() => context.dispose())

async function trained(params: object = {}): Promise<Artifact<'model'>> {
  const table = await exampleTable(context, splitNumbers)
  return (await train({ table }, logisticRegression.params.parse(params), context)).model
}

const saved = (model: Artifact<'model'> | undefined, params: object = {}) =>
  save({ model }, saveModel.params.parse({ path: 'out/model', ...params }), context)

const filesIn = async (path: string): Promise<string[]> =>
  (await readdir(join(context.folder, path))).toSorted()

describe('saving a model', () => {
  it('writes the files of the model with their hashes, and tells of each', async () => {
    const model = await trained()
    await saved(model)
    expect(await filesIn('out')).toEqual(['model'])
    const names = ['model.json', 'model.onnx', 'signature.json', 'sketch.json']
    expect(await filesIn('out/model')).toEqual(names)
    const index = JSON.parse(await readFile(join(context.folder, 'out/model/model.json'), 'utf8')) as object
    expect(index).toMatchObject({ format: 1, hash: model.hash, model: { task: 'binary' } })
    const paths = context.effects.flatMap((effect) => (effect.kind === 'file' ? [effect.path] : []))
    expect(paths.toSorted()).toEqual(names.map((name) => join(context.folder, 'out/model', name)))
  })

  it('replaces a package whole, with one that a name in the registry stands for', async () => {
    await saved(await trained())
    const other = await trained({ inverseStrength: 5 })
    await context.models.register({ model: 'leaving', artifact: other, aliases: ['champion'] })
    await saved(undefined, { model: 'leaving@champion' })
    const index = JSON.parse(await readFile(join(context.folder, 'out/model/model.json'), 'utf8')) as object
    expect(index).toMatchObject({ hash: other.hash })
    expect(await filesIn('out')).toEqual(['model'])
  })

  it('leaves alone what is no package', async () => {
    await mkdir(join(context.folder, 'out/model'), { recursive: true })
    await writeFile(join(context.folder, 'out/model/model.json'), '{}')
    await writeFile(join(context.folder, 'out/model/notes.txt'), 'Mine.')
    await expect(saved(await trained())).rejects.toMatchObject({ code: 'node.not-a-package' })
    expect(await filesIn('out/model')).toEqual(['model.json', 'notes.txt'])
    await expect(saved(await trained(), { path: '.' })).rejects.toMatchObject({ code: 'node.not-a-package' })
  })
})

describe('loading a model', () => {
  const load = () => loadRun({}, loadModel.params.parse({ path: 'out/model' }), context)
  const graphPath = () => join(context.folder, 'out/model/model.onnx')

  it('gives back the model that was saved', async () => {
    const model = await trained()
    await saved(model)
    expect(await load()).toEqual({ model })
    expect(await probe(loadModel.params.parse({ path: 'out/model' }), context, {})).toEqual({
      model: { kind: 'model', task: 'binary', answers: 'classes', target: model.data.target.name },
    })
  })

  it('never lets a runtime see a graph whose data is in another file, whatever the hashes say', async () => {
    const model = await trained()
    await saved(model)
    const graph = decodeMessage('Model', await readFile(graphPath()))
    const outside = encodeMessage('Tensor', { dims: [1], dataType: 1, name: 'outside' })
    // TensorProto: external_data (13) with one key and value, data_location (14) EXTERNAL.
    const location = Buffer.from('\x0a\x08location\x12\x0b/etc/passwd', 'latin1')
    const bytes = Buffer.concat([outside, Buffer.of(0x6a, location.length), location, Buffer.of(0x70, 1)])
    const tensor = decodeMessage('Tensor', bytes)
    const changed = encodeMessage('Model', {
      ...graph,
      graph: { ...graph.graph, initializer: [...(graph.graph?.initializer ?? []), tensor] },
    })
    await writeFile(graphPath(), changed)
    const indexPath = join(context.folder, 'out/model/model.json')
    const index = JSON.parse(await readFile(indexPath, 'utf8')) as ModelPackage
    const hash = createHash('sha256').update(changed).update(canonicalJson(index.model)).digest('hex')
    const files = { ...index.files, 'model.onnx': await sha256OfFile(graphPath()) }
    await writeFile(indexPath, JSON.stringify({ ...index, hash, files }))
    await expect(load()).rejects.toMatchObject({
      code: 'onnx.malformed',
      message: expect.stringContaining('data in other files') as string,
    })
  })
})
