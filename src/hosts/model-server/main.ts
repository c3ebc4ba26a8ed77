import { parentChannel } from '../../engine/host-channel.ts'
import { serveModels } from '../../serving/server/serve-models.ts'
import { version } from '../version.ts'

serveModels({
  channel: parentChannel(),
  protocols: [],
  openOther: null,
  productVersion: version,
  exit: () => process.exit(0),
})
