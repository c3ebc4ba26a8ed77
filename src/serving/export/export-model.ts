import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { ModelData } from '../../core/artifacts.ts'
import { packageIndex, packedFiles, type ModelPackage } from '../../core/model-package.ts'
import { reasonOfFailure } from '../../files/reason-of-failure.ts'
import { sha256OfFile } from '../../files/sha256.ts'
import { dockerFiles } from './docker-files.ts'
import { exportError } from './errors.ts'
import type { ExportedFiles } from './exported-model.ts'
import { kserveFiles } from './kserve-files.ts'
import { readExportedModel } from './read-exported-model.ts'

interface ExportParts {
  /** Absolute; new or empty. */
  folder: string
  model: { name: string; version: number; hash: string; data: ModelData; folder: string }
  productVersion: string
  versionOf: (type: string) => number
}

export type ExportRequest = ExportParts &
  (
    | { kind: 'docker' }
    | { kind: 'kserve'; /** Where KServe finds the model repository. */ storageUri: string }
  )

/** Writes what other fleets need to serve a model. Gives the files, by their paths within the folder. */
export async function exportModel(request: ExportRequest): Promise<string[]> {
  const { folder } = request
  await requireFree(folder)
  try {
    const written = request.kind === 'kserve' ? await exportKserve(request) : await exportDocker(request)
    return written.toSorted()
  } catch (cause) {
    throw exportError('cannot-write', { folder, problem: reasonOfFailure(cause) }, { cause })
  }
}

async function exportKserve({
  folder,
  model,
  storageUri,
}: ExportRequest & { kind: 'kserve' }): Promise<string[]> {
  const graph = join(model.folder, 'model.onnx')
  const { files, graphPath } = kserveFiles(readExportedModel(await readFile(graph), model), { storageUri })
  await mkdir(join(folder, dirname(graphPath)), { recursive: true })
  await copyFile(graph, join(folder, graphPath))
  return [graphPath, ...(await writeAll(folder, files))]
}

async function exportDocker(request: ExportRequest): Promise<string[]> {
  const { folder, model } = request
  const exported = readExportedModel(await readFile(join(model.folder, 'model.onnx')), model)
  const { files, packagePath } = dockerFiles(exported, request)
  const target = join(folder, packagePath)
  await mkdir(target, { recursive: true })
  for (const name of packedFiles) await copyFile(join(model.folder, name), join(target, name))
  const [graph, signature, sketch] = await Promise.all(
    packedFiles.map((name) => sha256OfFile(join(target, name))),
  )
  const index: ModelPackage = {
    format: 1,
    hash: model.hash,
    model: model.data,
    files: { 'model.onnx': graph!, 'signature.json': signature!, 'sketch.json': sketch! },
  }
  await writeFile(join(target, packageIndex), `${JSON.stringify(index, null, 2)}\n`)
  const packed = [...packedFiles, packageIndex].map((name) => `${packagePath}/${name}`)
  return [...packed, ...(await writeAll(folder, files))]
}

async function writeAll(folder: string, files: ExportedFiles): Promise<string[]> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, dirname(path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return Object.keys(files)
}

/** What is there stays as it is: files of an export before would also stand among those of this one. */
async function requireFree(folder: string): Promise<void> {
  const info = await stat(folder).catch(() => null)
  if (!info) return
  const names = info.isDirectory() ? await readdir(folder) : null
  if (names === null || names.length > 0) throw exportError('not-free', { folder })
}
