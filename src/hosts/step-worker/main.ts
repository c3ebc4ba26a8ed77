import { nodeRunners } from '../../../nodes/runners.ts'
import { parentChannel } from '../../engine/host-channel.ts'
import { serveSteps } from '../../engine/serve-steps.ts'
import { openDeploymentLog } from '../../serving/log/open-deployment-log.ts'

serveSteps({ runners: nodeRunners, channel: parentChannel(), openLog: openDeploymentLog })

// What most steps read rows with is loaded while none is asked for yet. A step that needs it tells what is wrong with it.
import('../../../nodes/visible-rows.ts').catch(() => {})
