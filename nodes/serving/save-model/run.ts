import { copyFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { reasonOfFailure } from '../../../src/files/reason-of-failure.ts'
import { sha256OfFile } from '../../../src/files/sha256.ts'
import { writeFolderAtomically } from '../../../src/files/write-folder-atomically.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { packageIndex, packedFiles, type ModelPackage } from '../../../src/core/model-package.ts'
import { saveModel } from './definition.ts'

type Context = ContextOf<typeof saveModel>

export const run = defineRun(saveModel, async ({ model: connected }, params, context) => {
  const model = connected ?? (await context.models.resolve(params.model))
  const path = context.resolvePath(params.path)
  if (!(await isFree(path))) context.fail('not-a-package', { path }, { param: 'path' })
  context.signal.throwIfAborted()
  await writeFolderAtomically(path, (folder) => writePackage(context, model, folder)).catch(
    (cause: unknown) =>
      context.fail('cannot-write', { path, reason: reasonOfFailure(cause) }, { param: 'path', cause }),
  )
  for (const name of [...packedFiles, packageIndex]) {
    const file = join(path, name)
    context.effect({ kind: 'file', path: file, ...(await sha256OfFile(file)) })
  }
  return {}
})

async function writePackage(
  context: Context,
  { hash, data }: Artifact<'model'>,
  folder: string,
): Promise<void> {
  for (const name of packedFiles)
    await copyFile(join(context.artifacts.folder(hash), name), join(folder, name))
  const [graph, signature, sketch] = await Promise.all(
    packedFiles.map((name) => sha256OfFile(join(folder, name))),
  )
  const index: ModelPackage = {
    format: 1,
    hash,
    model: data,
    files: { 'model.onnx': graph!, 'signature.json': signature!, 'sketch.json': sketch! },
  }
  await writeFile(join(folder, packageIndex), `${JSON.stringify(index, null, 2)}\n`)
}

/** Nothing is there, or an empty folder, or a package and nothing beside it. */
async function isFree(path: string): Promise<boolean> {
  // What cannot even be looked at cannot be written either, and says why.
  const info = await stat(path).catch(() => null)
  if (!info) return true
  if (!info.isDirectory()) return false
  const names = await readdir(path)
  const known = new Set<string>([...packedFiles, packageIndex])
  return names.length === 0 || (names.includes(packageIndex) && names.every((name) => known.has(name)))
}
