import type { Settings } from '../contract/settings-contract.ts'
import { secretVariablePrefix } from '../core/secret-reference.ts'

/** Never asked through a proxy. */
const thisMachine = ['localhost', '127.0.0.1', '::1']

/**
 * The environment of processes that do a host's work: without its secrets, which they must ask for by name. Their
 * requests go through the proxy of the settings, or else through the one that the environment names.
 */
export function workerEnvironment(
  { proxy, proxyExceptions }: Pick<Settings, 'proxy' | 'proxyExceptions'>,
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const open = Object.entries(environment).filter(([name]) => !name.startsWith(secretVariablePrefix))
  const plain = { ...Object.fromEntries(open), NODE_USE_ENV_PROXY: '1' }
  if (proxy === null) return plain
  const direct = [...thisMachine, ...proxyExceptions].join(',')
  const ways = { http_proxy: proxy, https_proxy: proxy, no_proxy: direct }
  const both = Object.entries(ways).flatMap(([name, value]) => [
    [name, value],
    [name.toUpperCase(), value],
  ])
  return { ...plain, ...Object.fromEntries(both) }
}
