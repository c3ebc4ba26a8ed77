import { nodeRunners } from '../../../nodes/runners.ts'
import { parentChannel } from '../../engine/host-channel.ts'
import { serveSteps } from '../../engine/serve-steps.ts'
import { openDeploymentLog } from '../../serving/log/open-deployment-log.ts'

serveSteps({ runners: nodeRunners, channel: parentChannel(), openLog: openDeploymentLog })

// What most runs begin with, and read rows with, is loaded while no step is asked for yet. A step that needs it tells what
// is wrong with it.
import('../../../nodes/ingestion/file/run.ts').catch(() => {})
import('../../../nodes/visible-rows.ts').catch(() => {})
import('../../../nodes/start-runtime.ts').then(({ startRuntime }) => startRuntime()).catch(() => {})
