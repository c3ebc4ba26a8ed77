import { nodeRunners } from '../../nodes/runners.ts'
import { parentChannel } from '../../src/engine/host-channel.ts'
import { serveSteps } from '../../src/engine/serve-steps.ts'
import { openDeploymentLog } from '../../src/serving/log/open-deployment-log.ts'
import { benchRunners } from './runners.ts'

const runners = { ...nodeRunners, ...benchRunners }
serveSteps({ runners, channel: parentChannel(), openLog: openDeploymentLog })

// As the step worker of the command does.
import('../../nodes/ingestion/file/run.ts').catch(() => {})
import('../../nodes/visible-rows.ts').catch(() => {})
import('../../nodes/start-runtime.ts').then(({ startRuntime }) => startRuntime()).catch(() => {})
