import { nodeRunners } from '../../nodes/runners.ts'
import { parentChannel } from '../../src/engine/host-channel.ts'
import { serveSteps } from '../../src/engine/serve-steps.ts'
import { benchRunners } from './runners.ts'

serveSteps({ runners: { ...nodeRunners, ...benchRunners }, channel: parentChannel() })

// As the step worker of the command does.
import('../../nodes/visible-rows.ts').catch(() => {})
