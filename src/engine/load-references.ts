import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { PipewrightError } from '../core/errors.ts'
import type { ReferencedPipelines } from '../core/expand-pipeline.ts'
import { formatPipeline } from '../core/format-pipeline.ts'
import { parsePipeline } from '../core/parse-pipeline.ts'
import { pipelineError } from '../core/pipeline-errors.ts'
import { pipelineLimits, type Pipeline } from '../core/pipeline.ts'
import { reasonOfFailure } from '../files/reason-of-failure.ts'
import { sha256OfText } from '../files/sha256.ts'
import type { PipelineSource } from './pipeline-source.ts'

/** What a reference to a pipeline holds: all of it but what is drawn. */
export function hashOfPipeline({ notes: _notes, groups: _groups, ...pipeline }: Pipeline): string {
  return sha256OfText(formatPipeline({ ...pipeline, layout: {} }))
}

/** Reads the pipelines that a pipeline refers to, and those that they refer to. A file may be refused, none throws. */
export async function loadReferences({
  pipeline,
  path,
}: Pick<PipelineSource, 'pipeline' | 'path'>): Promise<ReferencedPipelines> {
  const found = new Map<string, Pipeline | PipewrightError>()
  await load(pipeline, { path, through: [path], found })
  return found
}

interface Place {
  /** Of the file that refers. */
  path: string
  /** It, and the files that led to it. */
  through: readonly string[]
  found: Map<string, Pipeline | PipewrightError>
}

async function load({ subpipelines = {} }: Pipeline, place: Place): Promise<void> {
  for (const [subpipeline, entry] of Object.entries(subpipelines)) {
    if ('pipeline' in entry) await load(entry.pipeline, place)
    else if (!isFound(place.found.get(entry.hash)))
      place.found.set(entry.hash, await read({ subpipeline, ...entry }, place))
  }
}

/** Another path may have what one has not. */
const isFound = (known: Pipeline | PipewrightError | undefined): boolean =>
  known !== undefined && !(known instanceof PipewrightError)

async function read(
  reference: { subpipeline: string; path: string; hash: string },
  place: Place,
): Promise<Pipeline | PipewrightError> {
  const { subpipeline, hash } = reference
  try {
    const { pipeline, path } = await readReference(reference, place)
    const now = hashOfPipeline(pipeline)
    if (now !== hash) return pipelineError('subpipeline-changed', { path, subpipeline, now })
    await load(pipeline, { ...place, path, through: [...place.through, path] })
    return pipeline
  } catch (thrown) {
    if (thrown instanceof PipewrightError) return thrown
    throw thrown
  }
}

/** The pipeline in the file that a reference names, whatever its hash. */
export async function readReference(
  { subpipeline, path: given }: { subpipeline: string; path: string },
  { path: from, through }: Pick<Place, 'path' | 'through'>,
): Promise<{ pipeline: Pipeline; path: string }> {
  const path = resolve(dirname(from), given)
  if (through.includes(path)) throw pipelineError('subpipeline-recursive', { path, subpipeline })
  try {
    return { pipeline: parsePipeline(await readText(path)), path }
  } catch (thrown) {
    const { message, remedy } = thrown instanceof PipewrightError ? thrown : inWords(thrown)
    throw pipelineError(
      'subpipeline-unreadable',
      { path, subpipeline, problem: message, remedy },
      { cause: thrown },
    )
  }
}

function inWords(thrown: unknown): { message: string; remedy: string } {
  const isMissing = (thrown as NodeJS.ErrnoException).code === 'ENOENT'
  return {
    message: isMissing ? 'there is no such file.' : `${reasonOfFailure(thrown)}.`,
    remedy: 'Check the path; it starts at the folder of the file that names it.',
  }
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path)
  if (bytes.length > pipelineLimits.bytes)
    throw pipelineError('too-large', {
      megabytes: (bytes.length / 1024 ** 2).toFixed(1),
      limit: pipelineLimits.bytes / 1024 ** 2,
    })
  return bytes.toString('utf8')
}
