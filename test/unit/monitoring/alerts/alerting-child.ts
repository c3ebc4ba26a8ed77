import { join } from 'node:path'
import { alertChannelSchema } from '../../../../src/core/alert-channel.ts'
import { deploymentSpecSchema } from '../../../../src/core/deployment.ts'
import { openAlerts } from '../../../../src/monitoring/alerts/open-alerts.ts'
import { openTracking } from '../../../../src/storage/open-tracking.ts'
import { beyondAt, handMeasured, ruleOf } from './alert-samples.ts'

/** A host whose alert fires. `at-once`: it is killed before anything could be sent; else it waits to be killed. */
const [folder = '', url = '', how = ''] = process.argv.slice(2)
const tracking = openTracking({ file: join(folder, 'tracking.db') })
const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn' }] })
tracking.deployments.apply({ spec, madeBy: null, now: 1 })
const { monitors, measure } = handMeasured([ruleOf({ channels: ['team'] })])
const alerts = openAlerts({
  tracking,
  monitors,
  watched: () => ({ answering: ['churn:1'], aliveSince: null }),
  readSecret: () => Promise.resolve(null),
  environment: {},
  folder,
  show: () => false,
  onChange: () => undefined,
  onDefect: (error) => {
    throw error
  },
})
alerts.keepChannel(alertChannelSchema.parse({ name: 'team', target: { kind: 'webhook', url } }), {
  trust: false,
})
alerts.resume()
measure(beyondAt(1))
if (how === 'at-once') process.kill(process.pid, 'SIGKILL')
setInterval(() => undefined, 1_000)
