import { platform } from 'node:os'
import { canonicalJson } from '../../core/canonical-json.ts'
import type { DeploymentRecord } from '../../storage/deployments.ts'
import type { Exposure } from './deployment-parts.ts'
import { findPort } from './find-port.ts'

/** Where, and with how many processes, a deployment is to listen. */
export interface ListenWish {
  exposure: Exposure
  port: number | null
  grpcPort: number | null
  workers: number
}

/** Only Linux lets several processes listen at one port without handing it on. */
const sharesPorts = platform() === 'linux'

export function listenWishOf(
  { spec, port, grpcPort }: DeploymentRecord,
  { exposure, cores }: { exposure: Exposure; cores: number },
): ListenWish {
  return {
    exposure,
    port: spec.port ?? port,
    grpcPort: spec.grpcPort === null ? null : spec.grpcPort || (grpcPort ?? 0),
    workers: sharesPorts ? (spec.workers ?? cores) : 1,
  }
}

/** Whether a group that listens as `now` already does what is wished for. */
export function isSameWish(now: ListenWish, wish: ListenWish): boolean {
  return canonicalJson([now]) === canonicalJson([wish])
}

/** Whether a group can start to listen beside one that listens as `now`. */
export const canStandBeside = (now: ListenWish, wish: ListenWish): boolean =>
  sharesPorts || (now.port !== wish.port && (now.grpcPort === null || now.grpcPort !== wish.grpcPort))

/** Ports that are free, or are this deployment's own already. */
export async function findPorts(options: {
  name: string
  wish: ListenWish
  /** What it listens at now. */
  own: ListenWish | null
  /** Of other deployments. */
  kept: ReadonlySet<number>
}): Promise<{ port: number; grpcPort: number | null }> {
  const { name, wish, own, kept } = options
  const { host } = wish.exposure
  const isOwn = (port: number | null): port is number =>
    port !== null && own !== null && (port === own.port || port === own.grpcPort)
  const port = isOwn(wish.port)
    ? wish.port
    : await findPort({ name, host, wished: wish.port, purpose: 'http', kept })
  if (wish.grpcPort === null) return { port, grpcPort: null }
  const wished = wish.grpcPort === 0 ? null : wish.grpcPort
  const grpcPort = isOwn(wished)
    ? wished
    : await findPort({ name, host, wished, purpose: 'grpc', kept: new Set([...kept, port]) })
  return { port, grpcPort }
}

/** Where callers on this machine find it. */
export function addressOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}
