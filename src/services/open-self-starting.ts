import { userInfo } from 'node:os'
import { PipewrightError } from '../core/errors.ts'
import type { RunRequest } from '../engine/open-engine.ts'
import { openAutomation } from '../monitoring/automation/open-automation.ts'
import { createPipelineFinder } from '../monitoring/automation/find-pipelines.ts'
import { openHooks } from '../monitoring/automation/open-hooks.ts'
import { openRetraining } from '../monitoring/retraining/open-retraining.ts'
import type { RetrainingParts } from '../monitoring/retraining/retraining-parts.ts'
import { createLabelCount } from '../monitoring/retraining/count-labels.ts'
import { notAnswering, trialState } from '../monitoring/retraining/served-versions.ts'
import { followRun } from './follow-run.ts'
import { hostOf, type HostServices, type Services } from './services.ts'
import type { SelfStarting } from './self-starting.ts'
import { requireTrust } from './trust.ts'

export function openSelfStarting(
  parts: Pick<HostServices, 'workspace' | 'engine' | 'deployments' | 'monitors'> & {
    /** They are whole when the first of this is asked. */
    services: () => Services
    challenge: RetrainingParts['challenge']
    onDefect: (error: unknown, during: string) => void
  },
): SelfStarting {
  const { workspace, engine, deployments, monitors, services, challenge, onDefect } = parts
  const { tracking, paths } = workspace
  const startRun: RetrainingParts['startRun'] = async (request) => {
    const answer = await engine.startRun(request)
    if ('run' in answer)
      followRun(answer.run, { host: hostOf(services()), caller: null, isSelfStarted: true })
    return answer
  }
  const shared = {
    startRun,
    distrust: (source: RunRequest) => distrust(source, services()),
    now: () => Date.now(),
    onDefect,
  }
  const automation = openAutomation({ ...shared, tracking, pipelines: createPipelineFinder(paths.folder) })
  const hooks = openHooks({ schedules: tracking.schedules, automation, root: paths.root, onDefect })
  const retraining = openRetraining({
    ...shared,
    workspace,
    running: (run) => engine.running(run),
    challenge,
    trial: (request) => trialState(request, deployments),
    notAnswering: (request) => notAnswering(request, deployments),
    monitors,
    countLabels: createLabelCount(workspace),
  })
  return {
    automation,
    hooks,
    retraining,
    resume() {
      automation.resume()
      hooks.resume()
      retraining.resume()
    },
    async close() {
      await Promise.all([hooks.close(), automation.close(), retraining.close()])
    },
  }
}

/** What nobody has said yes to is not done while nobody looks. */
async function distrust(source: RunRequest, services: Services): Promise<string | null> {
  try {
    await requireTrust({ source, trust: false, services })
    return null
  } catch (error) {
    if (error instanceof PipewrightError && error.code.startsWith('trust.'))
      return `${error.message} ${error.remedy}`
    throw error
  }
}

export const asUser = (who: string | null): string => who ?? userInfo().username
