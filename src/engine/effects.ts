import { canonicalJson } from '../core/canonical-json.ts'
import type { DeploymentSpec } from '../core/deployment.ts'
import type { MonitorSpec } from '../core/monitor.ts'
import { PipewrightError } from '../core/errors.ts'
import type { RetrainingPolicy } from '../core/retraining.ts'
import { sha256OfText } from '../files/sha256.ts'
import type { Effect } from '../node-kit/run-context.ts'
import { hashOfFile } from '../storage/hash-of-file.ts'
import type { Tracking } from '../storage/open-tracking.ts'

/** Why an effect of an earlier run does not hold any more, in words; null while it holds. */
export async function brokenEffect(effect: Effect, tracking: Tracking): Promise<string | null> {
  switch (effect.kind) {
    case 'file':
      return brokenFile(effect, tracking)
    case 'registered-model':
      return brokenRegistration(effect, tracking)
    case 'used-model':
      return brokenUse(effect, tracking)
    case 'deployment':
      return brokenWish(effect, tracking)
    case 'retraining':
      return brokenRetraining(effect, tracking)
    case 'monitor':
      return brokenMonitor(effect, tracking)
    case 'notification':
      return effect.isOfFailure ? 'what it told of failed again' : null
  }
}

async function brokenFile(
  { path, sha256 }: Effect & { kind: 'file' },
  { fileHashes }: Tracking,
): Promise<string | null> {
  const now = await hashOfFile({ path, fileHashes }).catch(() => null)
  if (now === null) return `the file “${path}” it wrote is gone`
  return now === sha256 ? null : `the file “${path}” it wrote was changed`
}

function brokenRegistration(
  { model, version, artifact }: Effect & { kind: 'registered-model' },
  tracking: Tracking,
): string | null {
  const registered = resolve(`${model}:${version}`, tracking)
  return registered === artifact ? null : `version ${version} of the model “${model}” is gone`
}

function brokenUse(
  { reference, artifact }: Effect & { kind: 'used-model' },
  tracking: Tracking,
): string | null {
  return resolve(reference, tracking) === artifact ? null : `the model “${reference}” is another one now`
}

function brokenWish(
  { name, wish, isOn }: Effect & { kind: 'deployment' },
  { deployments }: Tracking,
): string | null {
  const found = deployments.find(name)
  if (!found) return `the deployment “${name}” is gone`
  if (wishOf(found.spec) !== wish) return `the deployment “${name}” was changed`
  return isOn === null || found.isOn === isOn ? null : `“${name}” was switched ${found.isOn ? 'on' : 'off'}`
}

function brokenRetraining(
  { deployment, wish }: Effect & { kind: 'retraining' },
  { retraining }: Tracking,
): string | null {
  const found = retraining.find(deployment)
  if (!found) return `the retraining of “${deployment}” is gone`
  return wishOf(found.policy) === wish ? null : `the retraining of “${deployment}” was changed`
}

function brokenMonitor(
  { deployment, wish }: Effect & { kind: 'monitor' },
  { monitors }: Tracking,
): string | null {
  const found = monitors.spec(deployment)
  return found && wishOf(found) === wish ? null : `the monitor of “${deployment}” was changed`
}

/** Tells one wish from another. */
export const wishOf = (spec: DeploymentSpec | RetrainingPolicy | MonitorSpec): string =>
  sha256OfText(canonicalJson(spec))

function resolve(reference: string, { models }: Tracking): string | null {
  try {
    return models.resolve(reference).artifact
  } catch (error) {
    if (error instanceof PipewrightError) return null
    throw error
  }
}
