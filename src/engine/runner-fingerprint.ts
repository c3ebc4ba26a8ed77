import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { engineError } from './errors.ts'

/** What tells whether the code behind a node type is still the same. */
export interface CodeFingerprints {
  /** Another one when the runner of a node type, or something it imports from the product, changed. */
  of(nodeType: string): string
  /** Of all runners together. */
  all(): string
}

export interface RunnerFingerprints extends CodeFingerprints {
  /** Of the code as it is now, for one run: whatever is asked of it, a source is looked at once. */
  snapshot(): CodeFingerprints
}

/** Fingerprints from the sources: `runnersModule` is the path of `nodes/runners.ts` or of a list like it. */
export function fingerprintsOfSources(runnersModule: string): RunnerFingerprints {
  const readSource = createSourceReader()
  const root = dirname(runnersModule)
  const snapshot = (): CodeFingerprints => {
    const runners = readRunnerList(runnersModule)
    const reader = { root, readSource: remembered(readSource) }
    return {
      of(nodeType) {
        const runner = runners.get(nodeType)
        if (runner === undefined) throw engineError('no-runner', { type: nodeType })
        return fingerprint([runner], reader)
      },
      all: () => fingerprint([...runners.values()], reader),
    }
  }
  return { of: (nodeType) => snapshot().of(nodeType), all: () => snapshot().all(), snapshot }
}

/** Fingerprints of a built product, where sources are gone: made beforehand by `fingerprintsByType`. */
export function fingerprintsOfBuild(byType: Readonly<Record<string, string>>): RunnerFingerprints {
  const all = createHash('sha256').update(Object.values(byType).join('\n')).digest('hex')
  const code: CodeFingerprints = {
    of(nodeType) {
      const found = byType[nodeType]
      if (found === undefined) throw engineError('no-runner', { type: nodeType })
      return found
    },
    all: () => all,
  }
  return { ...code, snapshot: () => code }
}

/** For a build: the fingerprint of every node type of a list of runners. */
export function fingerprintsByType(runnersModule: string): Record<string, string> {
  const fingerprints = fingerprintsOfSources(runnersModule).snapshot()
  const types = [...readRunnerList(runnersModule).keys()].toSorted()
  return Object.fromEntries(types.map((type) => [type, fingerprints.of(type)]))
}

interface Source {
  sha256: string
  /** Absolute paths of the modules of the product that it imports. */
  imports: readonly string[]
}
type SourceReader = (path: string) => Source

/** A source with its imports; read again only when its size or time of change is another. */
function createSourceReader(): SourceReader {
  const known = new Map<string, Source & { stamp: string }>()
  return (path) => {
    const { mtimeMs, size } = statSync(path)
    const stamp = `${mtimeMs} ${size}`
    const before = known.get(path)
    if (before?.stamp === stamp) return before
    const text = readFileSync(path, 'utf8')
    const source = {
      stamp,
      sha256: createHash('sha256').update(text).digest('hex'),
      imports: importsOf(path, text),
    }
    known.set(path, source)
    return source
  }
}

function remembered(readSource: SourceReader): SourceReader {
  const known = new Map<string, Source>()
  return (path) => {
    const source = known.get(path) ?? readSource(path)
    known.set(path, source)
    return source
  }
}

const staticImport = /^\s*(?:import|export)\s+(?!type\b)(?:[^'"`;]*?\bfrom\s+)?['"](\.{1,2}\/[^'"]+)['"]/gm
const otherImport = /(?:\bimport\(|\bnew URL\()\s*['"](\.{1,2}\/[^'"]+)['"]/g

/** Type-only imports are erased before anything runs, so they do not count. */
function importsOf(path: string, text: string): string[] {
  const found = [...text.matchAll(staticImport), ...text.matchAll(otherImport)]
  return found.map((match) => resolve(dirname(path), match[1]!))
}

function fingerprint(
  entries: readonly string[],
  { root, readSource }: { root: string; readSource: SourceReader },
): string {
  const hashes = new Map<string, string>()
  const open = [...entries]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (hashes.has(path)) continue
    const source = readSource(path)
    hashes.set(path, source.sha256)
    open.push(...source.imports)
  }
  const lines = [...hashes].map(([path, sha256]) => `${relative(root, path).split(sep).join('/')} ${sha256}`)
  return createHash('sha256').update(lines.toSorted().join('\n')).digest('hex')
}

/** The module of each runner, as the list says it: `'ingestion.file': () => import('./ingestion/file/run.ts')`. */
function readRunnerList(runnersModule: string): Map<string, string> {
  const text = readFileSync(runnersModule, 'utf8')
  const entries = text.matchAll(/['"]([\w-]+\.[\w-]+)['"]\s*:\s*\(\)\s*=>\s*import\(\s*['"]([^'"]+)['"]/g)
  return new Map([...entries].map((match) => [match[1]!, resolve(dirname(runnersModule), match[2]!)]))
}
