import { canonicalJson } from '../core/canonical-json.ts'
import type { StoredIngredients } from './step-key.ts'

/** Why a step runs, or why it need not. Each is one fact; a step that runs may have several. */
export type Reason =
  /** What was, or is, not set is undefined, and absent where the reason was stored or sent. */
  | { kind: 'parameter'; param: string; before?: unknown; after?: unknown }
  | { kind: 'seed'; before: number; after: number }
  /** What arrives at an input is another: `from` is the node that feeds it now. */
  | { kind: 'input'; port: string; from: string; how: 'ran-again' | 'connected-to-another' | 'connected' }
  | { kind: 'input-gone'; port: string }
  | { kind: 'file'; path: string }
  /** It matches a pattern now, or does not any more. */
  | { kind: 'file-added'; path: string }
  | { kind: 'file-removed'; path: string }
  /** More, or less, is in the log of a deployment, or another model answers first. */
  | { kind: 'log'; deployment: string }
  | { kind: 'node-type'; before: string; after: string }
  | { kind: 'node-version'; before: number; after: number }
  | { kind: 'node-code' }
  | { kind: 'library'; name: string; before: string; after: string }
  /** The pipeline file lies in another folder. */
  | { kind: 'moved'; before: string; after: string }
  | { kind: 'never-ran' }
  /** Nothing changed, but the result was collected or damaged. */
  | { kind: 'result-gone' }
  /** Nothing changed, but what it did outside the pipeline does not hold any more. */
  | { kind: 'effect-gone'; what: string }
  /** Asked for with `from`. */
  | { kind: 'forced' }
  /** It looks at its items anew each time; what it runs for them is stored. */
  | { kind: 'items' }
  | { kind: 'engine' }
  /** Not run: nothing changed since `run`, which made the result. */
  | { kind: 'unchanged'; run: string }
  /** Not run: not as in the last run, but as in an earlier one, whose result (of epoch ms) is still there. */
  | { kind: 'as-before'; at: number }

/** What differs between the ingredients of two steps, in the order in which a reader would look. */
export function explainDifference(before: StoredIngredients, after: StoredIngredients): Reason[] {
  return [
    ...(before.type === after.type
      ? []
      : [{ kind: 'node-type' as const, before: before.type, after: after.type }]),
    ...(before.version === after.version
      ? []
      : [{ kind: 'node-version' as const, before: before.version, after: after.version }]),
    ...parameterReasons('', before.params, after.params),
    ...fileReasons(before, after),
    ...logReasons(before, after),
    ...inputReasons(before, after),
    ...(before.seed === after.seed
      ? []
      : [{ kind: 'seed' as const, before: before.seed, after: after.seed }]),
    ...(before.folder === after.folder
      ? []
      : [{ kind: 'moved' as const, before: before.folder ?? '', after: after.folder ?? '' }]),
    ...(before.code === after.code ? [] : [{ kind: 'node-code' as const }]),
    ...libraryReasons(before, after),
    ...(before.engine === after.engine ? [] : [{ kind: 'engine' as const }]),
  ]
}

/** A reason in words: parameter “learningRate” 0.1 → 0.05. */
export function describeReason(reason: Reason): string {
  switch (reason.kind) {
    case 'parameter':
      return `parameter “${reason.param}” ${showBoth(reason).join(' → ')}`
    case 'seed':
      return `seed ${reason.before} → ${reason.after}`
    case 'input':
      return describeInput(reason)
    case 'input-gone':
      return `nothing is connected to “${reason.port}” any more`
    case 'file':
      return `file “${reason.path}” changed`
    case 'file-added':
      return `file “${reason.path}” is new`
    case 'file-removed':
      return `file “${reason.path}” is gone`
    case 'log':
      return `the log of “${reason.deployment}” is another one now`
    case 'node-type':
      return `node type ${reason.before} → ${reason.after}`
    case 'node-version':
      return `version of the node type ${reason.before} → ${reason.after}`
    case 'node-code':
      return 'the code of the node type changed'
    case 'library':
      return `${reason.name} ${reason.before} → ${reason.after}`
    case 'moved':
      return `the pipeline moved from “${reason.before}” to “${reason.after}”`
    case 'never-ran':
      return 'it has no result yet'
    case 'result-gone':
      return 'its result was removed or damaged'
    case 'effect-gone':
      return reason.what
    case 'forced':
      return 'asked to run'
    case 'items':
      return 'looks at its items anew each time'
    case 'engine':
      return 'Pipewright itself changed'
    case 'unchanged':
      return `nothing changed: result of run ${reason.run}`
    case 'as-before':
      return `same as in an earlier run: result of ${new Date(reason.at).toISOString()}`
  }
}

function describeInput({ port, from, how }: Reason & { kind: 'input' }): string {
  switch (how) {
    case 'ran-again':
      return `input “${port}” changed: “${from}” gives something else now`
    case 'connected-to-another':
      return `input “${port}” now comes from “${from}”`
    case 'connected':
      return `input “${port}” is connected to “${from}” now`
  }
}

const longestShown = 60
/** What is shown of two long texts before they differ. */
const shownBefore = 20

function showBoth({ before, after }: { before?: unknown; after?: unknown }): [before: string, after: string] {
  const texts = [before, after].map((value) => (value === undefined ? 'not set' : JSON.stringify(value)))
  const [one, other] = texts as [string, string]
  const areLong = texts.every(({ length }) => length > longestShown)
  const from = areLong ? Math.max(0, firstDifference(one, other) - shownBefore) : 0
  return [clip(one, from), clip(other, from)]
}

function firstDifference(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  return at
}

function clip(text: string, from: number): string {
  if (text.length <= longestShown) return text
  const rest = from === 0 ? text : `…${text.slice(from + 1)}`
  return rest.length > longestShown ? `${rest.slice(0, longestShown - 1)}…` : rest
}

function parameterReasons(path: string, before: unknown, after: unknown): Reason[] {
  if (isSame(before, after)) return []
  const inside = path === '' ? '' : `${path}.`
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return names.flatMap((name) => parameterReasons(`${inside}${name}`, before[name], after[name]))
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((item: unknown, index) => parameterReasons(`${inside}${index}`, item, after[index]))
  return [{ kind: 'parameter', param: path, before, after }]
}

function fileReasons(before: StoredIngredients, after: StoredIngredients): Reason[] {
  // Another path is told as a changed parameter.
  const isAsked = isSame(before.params, after.params)
  return Object.keys({ ...before.files, ...after.files }).flatMap((path): Reason[] => {
    const [old, now] = [before.files[path], after.files[path]]
    if (old === now) return []
    if (old !== undefined && now !== undefined) return [{ kind: 'file', path }]
    return isAsked ? [{ kind: old === undefined ? 'file-added' : 'file-removed', path }] : []
  })
}

function logReasons(
  { logs: before = {} }: StoredIngredients,
  { logs: after = {} }: StoredIngredients,
): Reason[] {
  // Another deployment is told as a changed parameter.
  return Object.keys(after)
    .filter((deployment) => before[deployment] !== undefined && before[deployment] !== after[deployment])
    .map((deployment) => ({ kind: 'log', deployment }))
}

function inputReasons(before: StoredIngredients, after: StoredIngredients): Reason[] {
  const gone = Object.keys(before.inputs).filter((port) => !(port in after.inputs))
  return [
    ...Object.keys(after.inputs).flatMap((port) => portReasons(port, before, after)),
    ...gone.map((port) => ({ kind: 'input-gone' as const, port })),
  ]
}

function portReasons(port: string, before: StoredIngredients, after: StoredIngredients): Reason[] {
  const hashesBefore = before.inputs[port]
  const feedsBefore = before.feeds[port] ?? []
  const feeds = after.feeds[port] ?? []
  if (isSame(hashesBefore, after.inputs[port])) return []
  if (feeds.length === 0) return [{ kind: 'input-gone', port }]
  if (!hashesBefore) return feeds.map((from) => ({ kind: 'input', port, from, how: 'connected' }))
  const reasons = feeds.flatMap((from, index): Reason[] => {
    if (!feedsBefore.includes(from))
      return [
        { kind: 'input', port, from, how: index < feedsBefore.length ? 'connected-to-another' : 'connected' },
      ]
    const same = hashesBefore[feedsBefore.indexOf(from)]?.hash === after.inputs[port]?.[index]?.hash
    return same ? [] : [{ kind: 'input', port, from, how: 'ran-again' }]
  })
  // Fewer of the same, or the same in another order.
  return reasons.length > 0
    ? reasons
    : [{ kind: 'input', port, from: feeds[0]!, how: 'connected-to-another' }]
}

function libraryReasons(before: StoredIngredients, after: StoredIngredients): Reason[] {
  return Object.entries(after.libraries).flatMap(([name, version]) => {
    const old = (before.libraries as Record<string, string>)[name]
    return old === version ? [] : [{ kind: 'library' as const, name, before: old ?? 'none', after: version }]
  })
}

const isSame = (a: unknown, b: unknown): boolean => canonicalJson([a ?? null]) === canonicalJson([b ?? null])

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
