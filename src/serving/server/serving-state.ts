import type { StartColumn } from '../../core/artifacts.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import { rowReader } from '../../tables/row-reader.ts'
import type { ServedModel } from '../handler.ts'
import type { LoggedModel } from '../log/prediction-record.ts'
import type { PredictionLog } from '../log/prediction-log.ts'
import type { PredictionIds } from '../prediction-id.ts'
import type { ServerConfiguration, VersionStatistics } from '../server-protocol.ts'
import { versionChooser, type ChooseVersion } from '../traffic/choose-version.ts'
import { createFallback, type Fallback } from '../traffic/fallback.ts'
import type { ShadowTraffic } from '../traffic/shadow-traffic.ts'
import type { LoadedVersion } from './load-version.ts'
import { MicroBatches } from './micro-batches.ts'
import { versionKey } from './open-versions.ts'
import { quotedText } from './quoted-text.ts'
import type { ServerCounters } from './server-counters.ts'

/** A version as one configuration serves it. */
export interface ServedVersion extends ServedModel {
  /** `model:version`. */
  key: string
  loaded: LoadedVersion
  /** What requests are read into: its own inputs, then what shadows, other versions and rules need beside them. */
  columns: readonly StartColumn[]
  batches: MicroBatches
  /** Labels of the target's classes as JSON. */
  classTexts: readonly string[] | null
  logged: LoggedModel
  counters: VersionStatistics
}

/** What a configuration comes to once its models are in memory. Never changes: another one takes its place. */
export interface ServingState {
  configuration: ServerConfiguration
  /** Those that answer by themselves come first, the live ones before the canaries. */
  versions: readonly ServedVersion[]
  choose: ChooseVersion<ServedVersion>
  fallback: {
    by: Fallback
    /** Of other classes, or in another order, than a version that it may answer for. */
    hasOtherClasses: boolean
    logged: LoggedModel
    counters: VersionStatistics
  } | null
  log: PredictionLog
  ids: PredictionIds
  /** Requests under way. */
  using: number
}

const roleOrder = { live: 0, canary: 1, shadow: 2 }

/** `loaded` has every version of the configuration, and that of the fallback, by `versionKey`. */
export function createServingState(options: {
  configuration: ServerConfiguration
  loaded: ReadonlyMap<string, LoadedVersion>
  counters: ServerCounters
  shadows: ShadowTraffic
  log: PredictionLog
  ids: PredictionIds
}): ServingState {
  const { configuration, loaded, counters, shadows, log, ids } = options
  const { neverLogged } = configuration.log
  const fallbackModel =
    configuration.fallback.kind === 'version' ? loaded.get(versionKey(configuration.fallback.version))! : null
  const allInputs = [
    ...configuration.versions.map((version) => loaded.get(versionKey(version))!),
    fallbackModel,
  ].flatMap((model) => model?.data.signature.inputs ?? [])
  const serve = (wanted: ServerConfiguration['versions'][number]): ServedVersion => {
    const { role, weight } = wanted
    const key = versionKey(wanted)
    const version = loaded.get(key)!
    const { signature, target } = version.data
    const columns = withoutRepeats([...signature.inputs, ...allInputs])
    const reader = rowReader(columns)
    return {
      model: version.model,
      version: version.version,
      role,
      weight,
      signature,
      target,
      reader,
      key,
      loaded: version,
      columns,
      classTexts: target.classes?.map(quotedText) ?? null,
      logged: loggedModel(version, { role, neverLogged }),
      counters: counters.version({ model: version.model, version: version.version, role }),
      batches: new MicroBatches({
        session: version.session,
        inputs: columns,
        reader,
        onRun(batch, rows) {
          counters.countBatch(rows)
          if (role !== 'shadow') shadows.mirror({ ...batch, inputs: columns, rows, target })
        },
      }),
    }
  }
  const versions = configuration.versions
    .map(serve)
    .toSorted((a, b) => roleOrder[a.role] - roleOrder[b.role] || Number(b.weight > 0) - Number(a.weight > 0))
  const { target, columns } = versions[0]!
  const by = createFallback(configuration.fallback, { target, columns, loaded: fallbackModel })
  return {
    configuration,
    versions,
    choose: versionChooser(versions.filter(({ role }) => role !== 'shadow')),
    fallback: by && {
      by,
      hasOtherClasses:
        fallbackModel !== null &&
        versions.some((each) => each.role !== 'shadow' && !haveSameClasses(each, fallbackModel.data)),
      logged: fallbackModel
        ? loggedModel(fallbackModel, { role: 'fallback', neverLogged })
        : loggedRule(versions[0]!.logged, versions[0]!),
      counters: counters.version({ model: by.model, version: by.version, role: 'fallback' }),
    },
    log,
    ids,
    using: 0,
  }
}

/** As what a configuration logs its answers; no other one shares them. */
export function answerersOf({ versions, fallback }: ServingState): LoggedModel[] {
  return [...versions, ...(fallback ? [fallback] : [])].map(({ logged }) => logged)
}

function withoutRepeats(columns: readonly StartColumn[]): StartColumn[] {
  return [...new Map(columns.toReversed().map((column) => [column.name, column])).values()].toReversed()
}

/** Probabilities stand in the order of classes: those of others would get their names. */
export function haveSameClasses(
  { target: one }: Pick<ServedModel, 'target'>,
  { target: other }: Pick<ServedModel, 'target'>,
): boolean {
  return canonicalJson(one.classes ?? []) === canonicalJson(other.classes ?? [])
}

function loggedModel(
  { model, version, artifact, data, session }: LoadedVersion,
  { role, neverLogged }: { role: LoggedModel['role']; neverLogged: readonly string[] },
): LoggedModel {
  const isSecret = new Set(neverLogged)
  const inputs = data.signature.inputs.filter(({ name }) => !isSecret.has(name))
  return {
    model,
    version,
    artifact,
    role,
    inputs: inputs.map(({ name, type }) => ({ name, type })),
    outputs: session.outputs.map(({ name, type, width }) => ({ name, type: loggedType(type), width })),
  }
}

/** Of an answer that no model gave: what the first version would have been asked. */
function loggedRule(first: LoggedModel, { target }: ServedVersion): LoggedModel {
  const output = target.classes
    ? ({ name: 'label', type: 'text', width: 1 } as const)
    : ({ name: 'value', type: 'float64', width: 1 } as const)
  return { ...first, model: '', version: 0, artifact: '', role: 'fallback', outputs: [output] }
}

function loggedType(type: string): LoggedModel['outputs'][number]['type'] {
  if (type === 'string') return 'text'
  return type === 'float32' ? 'float32' : 'float64'
}
