import { existsSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import type { PipelineDocument } from '../../contract/document.ts'
import { parsePipeline } from '../../core/parse-pipeline.ts'

/**
 * Paths that were typed: in a pipeline they start at its file, at a prompt at the current folder. A file that is there
 * is meant as typed; anything else as the pipeline would have it.
 */
export function resolvePathParameters(
  given: Readonly<Record<string, string>>,
  { document, cwd }: { document: PipelineDocument; cwd: string },
): Record<string, string> {
  const types = parameterTypes(document.text)
  const entries = Object.entries(given).map(([name, value]) => {
    const typed = resolve(cwd, value)
    const isMeant = types.get(name) === 'path' && value !== '' && !isAbsolute(value) && existsSync(typed)
    return [name, isMeant ? relative(dirname(document.path), typed) : value] as const
  })
  return Object.fromEntries(entries)
}

function parameterTypes(text: string): ReadonlyMap<string, string> {
  try {
    return new Map(Object.entries(parsePipeline(text).parameters).map(([name, { type }]) => [name, type]))
  } catch {
    // Whoever checks the document says better what is wrong with it.
    return new Map()
  }
}
