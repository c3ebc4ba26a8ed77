import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import type { Json } from '../../../src/core/pipeline.ts'
import { reasonOfFailure } from '../../../src/files/reason-of-failure.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { sketchSchema, type Sketch } from '../../../src/core/sketch-schema.ts'
import {
  packageIndex,
  packageSchema,
  packedFiles,
  type ModelPackage,
} from '../../../src/core/model-package.ts'
import type { loadModel } from './definition.ts'

type Context = ContextOf<typeof loadModel>

/** `model.json` of a package, which has the form it should have. */
export async function readIndex(context: Context, path: string): Promise<ModelPackage> {
  const notAPackage = (problem: string, cause?: unknown): never =>
    context.fail('not-a-package', { path, problem }, { param: 'path', cause })
  const bytes = await readFile(join(path, packageIndex)).catch((cause: unknown) =>
    notAPackage(`“${packageIndex}” cannot be read (${reasonOfFailure(cause)})`, cause),
  )
  const found = packageSchema.safeParse(jsonOf(bytes))
  return found.data ?? notAPackage(`“${packageIndex}” is not of the form that is known here`, found.error)
}

/** The files of a package, read once, and proven to be those that were written. */
export async function readPackage(
  context: Context,
  path: string,
): Promise<{ index: ModelPackage; graph: Uint8Array; sketch: Sketch }> {
  const index = await readIndex(context, path)
  const damaged = (file: string, cause?: unknown): never =>
    context.fail('damaged', { file, path }, { param: 'path', cause })
  const [graph, signature, sketch] = await Promise.all(
    packedFiles.map(async (name) => {
      const bytes = await readFile(join(path, name)).catch((cause: unknown) => damaged(name, cause))
      return sha256(bytes) === index.files[name].sha256 ? bytes : damaged(name)
    }),
  )
  if (canonicalJson([jsonOf(signature!)]) !== canonicalJson([index.model.signature]))
    damaged('signature.json')
  if (sha256(graph!, canonicalJson(index.model)) !== index.hash) damaged(packageIndex)
  const read = sketchSchema.safeParse(jsonOf(sketch!))
  return { index, graph: graph!, sketch: read.data ?? damaged('sketch.json', read.error) }
}

function sha256(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}

/** Null where the bytes are no JSON. */
function jsonOf(bytes: Buffer): Json {
  try {
    return JSON.parse(bytes.toString('utf8')) as Json
  } catch {
    return null
  }
}
