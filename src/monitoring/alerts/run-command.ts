import { spawn } from 'node:child_process'
import type { CommandTarget } from '../../core/alert-channel.ts'
import { headlineOf, messageKey, type AlertNotice } from './alert-notice.ts'
import { later, refused, type SendOutcome } from './send-outcome.ts'

/**
 * Runs a program once, without a shell: the notice is JSON on its standard input, and the most important of it stands in
 * `PIPEWRIGHT_ALERT_…`. It was told when it ends with 0. `environment` has no secret in it.
 */
export function runCommand(
  notice: AlertNotice,
  { argv, timeoutSeconds }: CommandTarget,
  { environment, folder }: { environment: NodeJS.ProcessEnv; folder: string },
): Promise<SendOutcome> {
  const [program = '', ...words] = argv
  return new Promise((resolve) => {
    const child = spawn(program, words, {
      cwd: folder,
      env: {
        ...environment,
        PIPEWRIGHT_ALERT_KEY: messageKey(notice),
        PIPEWRIGHT_ALERT_STATE: notice.kind,
        PIPEWRIGHT_ALERT_SEVERITY: notice.severity,
        PIPEWRIGHT_ALERT_DEPLOYMENT: notice.deployment,
        PIPEWRIGHT_ALERT_RULE: notice.rule,
        // A text of the environment ends with this character.
        PIPEWRIGHT_ALERT_HEADLINE: headlineOf(notice).replaceAll('\0', ''),
      },
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: timeoutSeconds * 1_000,
      killSignal: 'SIGKILL',
      windowsHide: true,
    })
    child.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(refused(`${program} could not be started${code === undefined ? '' : ` (${code})`}`)),
    )
    child.once('exit', (status, signal) => {
      if (status === 0) return resolve({ outcome: 'delivered' })
      if (signal !== null) return resolve(later(`${program} was ended (${signal}), or took too long`))
      resolve(later(`${program} ended with ${status}`))
    })
    // A program that does not read is no failure.
    child.stdin.once('error', () => undefined)
    child.stdin.end(JSON.stringify(notice))
  })
}
