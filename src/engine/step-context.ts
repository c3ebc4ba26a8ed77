import { isAbsolute, resolve } from 'node:path'
import type { Artifact, PortType } from '../core/artifacts.ts'
import { createError, fillIn } from '../core/errors.ts'
import { secretNamed } from '../core/secret-reference.ts'
import type { DeploymentLog } from '../node-kit/prediction-logs.ts'
import type { Effect, ModelRegistration, Progress, RunContext } from '../node-kit/run-context.ts'
import type { ArtifactFolders } from '../storage/artifact-folders.ts'
import { engineError } from './errors.ts'
import type { StepNote } from './run-events.ts'
import type { LogState } from '../storage/log-state.ts'
import type { HostCalls, Job } from './worker-protocol.ts'

/** How the log of a deployment is read, up to the ends of its state. */
export type OpenLog = (state: LogState) => Pick<DeploymentLog, 'answers' | 'feedback'>

export type CallHost = <Method extends keyof HostCalls>(
  method: Method,
  request: Parameters<HostCalls[Method]>[0],
) => Promise<Awaited<ReturnType<HostCalls[Method]>>>

/** What a runner did beside returning outputs. */
export interface StepTraces {
  effects: Effect[]
  /** Outputs to be kept although the step failed. */
  kept: Readonly<Record<string, Artifact>>
}

/** The run context that a step worker hands to a runner. */
export function createStepContext(options: {
  job: Job
  artifacts: ArtifactFolders
  signal: AbortSignal
  traces: StepTraces
  tellProgress: (progress: Progress) => void
  tellNote: (note: StepNote) => void
  callHost: CallHost
  openLog: OpenLog
}): RunContext {
  const { job, artifacts, signal, traces, tellProgress, tellNote, callHost, openLog } = options
  const { node, type, feeds, failed, seed, threads, memoryMb, folders } = job
  const resolveVersion: ModelRegistration['resolveVersion'] = async (reference) => {
    const { artifact, model, version } = await callHost('models.resolve', { reference })
    traces.effects.push({ kind: 'used-model', reference, artifact })
    return { model, version, artifact: await artifacts.read('model', artifact) }
  }
  return {
    node,
    feeds,
    failed,
    seed,
    signal,
    threads,
    memoryMb,
    workFolder: folders.work,
    artifacts,
    models: {
      async register({ model, artifact, aliases, description, unlessWorse }) {
        const made = await callHost('models.register', {
          model,
          artifact: artifact.hash,
          aliases,
          ...(description !== undefined && { description }),
          ...(unlessWorse && { unlessWorse }),
        })
        traces.effects.push({
          kind: 'registered-model',
          model: made.model,
          version: made.version,
          artifact: artifact.hash,
        })
        return made
      },
      resolve: async (reference) => (await resolveVersion(reference)).artifact,
      resolveVersion,
    },
    deployments: {
      async apply(request) {
        const { wish, ...made } = await callHost('deployments.apply', request)
        traces.effects.push({ kind: 'deployment', name: made.name, wish, isOn: request.isOn })
        return made
      },
    },
    retraining: {
      async apply(policy) {
        const { wish, ...made } = await callHost('retraining.apply', { policy })
        traces.effects.push({ kind: 'retraining', deployment: policy.deployment, wish })
        return made
      },
    },
    monitors: {
      async apply(request) {
        const { wish, ...made } = await callHost('monitors.apply', request)
        traces.effects.push({ kind: 'monitor', deployment: request.deployment, wish })
        return made
      },
    },
    predictionLogs: {
      open(deployment) {
        const state = job.logs?.[deployment]
        if (state === undefined) throw new TypeError('a node reads only logs that its definition names')
        return state && { model: state.model, ...openLog(state) }
      },
    },
    async runItem({ item, inputs, parameters }) {
      signal.throwIfAborted()
      const { written } = artifacts
      const references = Object.entries(inputs).map(([port, { kind, hash }]) => [port, { kind, hash }])
      // They are on their way from here on, and another item must not send them again.
      artifacts.committed()
      const outcome = await callHost('items.run', {
        item,
        inputs: Object.fromEntries(references) as Record<string, { kind: PortType; hash: string }>,
        parameters,
        written,
      })
      signal.throwIfAborted()
      if (outcome.kind === 'failed') return outcome
      const outputs = Object.entries(outcome.outputs).map(
        async ([port, { kind, hash }]) => [port, await artifacts.read(kind, hash)] as const,
      )
      return { kind: 'done', outputs: Object.fromEntries(await Promise.all(outputs)) }
    },
    async readSecret(text) {
      const name = secretNamed(text)
      return name === null ? text : (await callHost('secrets.read', { name })).value
    },
    resolvePath: (path) => (isAbsolute(path) ? path : resolve(folders.base, path)),
    progress: tellProgress,
    log: (level, message, values = {}) => tellNote({ level, message: fillIn(message, values) }),
    effect: (effect) => void traces.effects.push(effect),
    fail(code, values = {}, { param, cause, outputs = {} } = {}) {
      const entry = job.failures[code]
      if (!entry) throw engineError('unknown-failure', { type, failure: code })
      traces.kept = outputs
      throw createError(`${type}.${code}`, entry, values, {
        at: { node, ...(param !== undefined && { param }) },
        cause,
      })
    },
  }
}
