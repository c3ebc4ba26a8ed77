import type { z } from 'zod'
import type { Client } from '../../../contract/create-client.ts'
import type { DeploymentInfo } from '../../../contract/deployment-info.ts'
import { deploymentSpecSchema, type DeploymentSpec } from '../../../core/deployment.ts'
import { deploymentNameOf } from '../../../core/deployment-name.ts'
import { PipewrightError } from '../../../core/errors.ts'
import { giveMemoryBack } from '../../../engine/give-memory-back.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { existingWorkspace } from '../find-workspace.ts'
import type { ServeOptions } from '../program/serving-options.ts'
import { withHost } from '../with-host.ts'

/** Answers over HTTP with a model until Ctrl-C. */
export async function serve(
  context: CommandContext,
  options: ServeOptions & { model: string },
): Promise<ExitCode> {
  const folder = existingWorkspace({ named: options.workspace, cwd: context.cwd })
  return withHost(context, { folder, shared: true }, async ({ client }) => {
    const { deployments } = await client.deployments.list()
    const spec = specOf(options, deployments)
    const { first } = context.interrupts
    // Of all, since it may not be there yet.
    const events = await client.deployments.events({}, { signal: first })
    await client.deployments.serve({ spec, exposure: exposureOf(options) })
    // Whatever else was left on starts with it, as in the app.
    await client.deployments.resume()
    return followEndpoint(events, { context, client, options, name: spec.name })
  })
}

/**
 * What is said counts; what is not said stays as it is in the deployment, where it is there already. A model that is
 * served under a name of its own takes nothing from another deployment.
 */
function specOf(
  options: ServeOptions & { model: string },
  deployments: readonly DeploymentInfo[],
): DeploymentSpec {
  const { model, port, workers, fallback, grpcPort, timeout, logShare, stickyBy } = options
  const name =
    options.name ??
    deployments.find((each) => each.name === model)?.name ??
    deploymentNameOf(model.split(/[@:]/)[0]!)
  const before = deployments.find((each) => each.name === name)
  const spec = deploymentSpecSchema.safeParse({
    ...before?.spec,
    name,
    versions: versionsOf(options, before && name === model ? before.spec.versions : [{ reference: model }]),
    ...(port !== undefined && { port: port === 0 ? null : port }),
    ...(workers !== undefined && { workers }),
    ...(fallback !== undefined && { fallback }),
    ...(grpcPort !== undefined && { grpcPort }),
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(stickyBy !== undefined && { stickyBy }),
    ...(logShare !== undefined && { log: { ...before?.spec.log, share: logShare } }),
  })
  if (!spec.success) throw usageError('bad-deployment', { name, problem: spec.error.issues[0]!.message })
  return spec.data
}

/** A canary or shadow that is named takes the place of one that there was. */
function versionsOf(
  { canary, canaryShare, shadow }: Pick<ServeOptions, 'canary' | 'canaryShare' | 'shadow'>,
  served: readonly z.input<typeof deploymentSpecSchema>['versions'][number][],
): z.input<typeof deploymentSpecSchema>['versions'] {
  const kept = served.filter(
    ({ role }) =>
      !(role === 'canary' && canary !== undefined) && !(role === 'shadow' && shadow !== undefined),
  )
  const live = kept.filter(({ role = 'live' }) => role === 'live')
  const weight = live.reduce((sum, each) => sum + (each.weight ?? 1), 0)
  return [
    ...kept,
    ...(canary === undefined
      ? []
      : [{ reference: canary, role: 'canary' as const, weight: (weight * canaryShare) / (1 - canaryShare) }]),
    ...(shadow === undefined ? [] : [{ reference: shadow, role: 'shadow' as const }]),
  ]
}

function exposureOf({ host, token, allowHost }: ServeOptions) {
  if (host === undefined && token === undefined && allowHost.length === 0) return null
  if (token !== undefined && token.length < 16) throw usageError('short-token')
  return { host: host ?? '127.0.0.1', token: token ?? null, allowedHosts: allowHost }
}

type Events = Awaited<ReturnType<Client['deployments']['events']>>

async function followEndpoint(
  events: Events,
  options: { context: CommandContext; client: Client; options: ServeOptions; name: string },
): Promise<ExitCode> {
  const { context, name } = options
  const { output, interrupts } = context
  let shown: DeploymentInfo['state'] | null = null
  let hasStarted = false
  let isAnnounced = false
  try {
    for await (const event of events) {
      if (event.event !== 'state' || event.deployment.name !== name) continue
      if (event.deployment.state === shown) continue
      const { deployment } = event
      const { state, error } = deployment
      // Of before it was switched on.
      if (state === 'off' && !hasStarted) continue
      hasStarted = true
      shown = state
      if (state === 'failed' && error) throw new PipewrightError(error)
      if (state === 'off') return exitCodes.done
      if (state === 'on' && isAnnounced) output.remark('It answers again.')
      else if (state === 'on') {
        await printReady(deployment, options)
        isAnnounced = true
        giveMemoryBack()
      } else if (error) output.remark(error.message)
      else output.remark(words[state])
    }
  } catch (error) {
    if (!interrupts.first.aborted) throw error
  }
  output.remark('Answering what was accepted …')
  return exitCodes.done
}

const words: Readonly<Record<Exclude<DeploymentInfo['state'], 'on' | 'off'>, string>> = {
  starting: 'Starting …',
  verifying: 'Replaying held-out rows …',
  degraded: 'It answers, though not all of its processes do.',
  restarting: 'It is started again.',
  draining: 'It answers what it has accepted …',
  failed: 'It has failed.',
}

async function printReady(
  deployment: DeploymentInfo,
  {
    context: { output },
    client,
    options,
  }: { context: CommandContext; client: Client; options: ServeOptions },
): Promise<void> {
  const { name, address, grpcAddress, versions } = deployment
  const served = versions.filter(({ isServed }) => isServed)
  if (options.json) {
    output.line(JSON.stringify({ name, address, grpcAddress, versions: served }))
    return
  }
  const { curl } = await client.deployments.snippets({ name })
  const models = served.map(({ model, version }) => `${model}:${version}`).join(', ')
  output.line(`${name} answers with ${models} at ${address}`)
  if (grpcAddress !== null) output.line(`gRPC at ${grpcAddress}`)
  for (const { model, version, verification } of served)
    if (verification.state === 'verified')
      output.line(`${model}:${version}: ${verification.rows} held-out rows answered as by predict.`)
    else if (verification.problem) output.line(verification.problem.message)
  output.lines(['', curl, ''])
  output.remark('Ctrl-C ends it, once it has answered what it has accepted.')
}
