import { parentChannel } from '../../engine/host-channel.ts'
import { description } from '../../serving/protocols/description/description-protocol.ts'
import { mlflow } from '../../serving/protocols/mlflow/mlflow-protocol.ts'
import { openInference } from '../../serving/protocols/open-inference/open-inference-protocol.ts'
import { tokenCheck } from '../../serving/server/model-access.ts'
import { createTraces } from '../../serving/server/request-trace.ts'
import { serveModels } from '../../serving/server/serve-models.ts'
import { version } from '../version.ts'

const end = serveModels({
  channel: parentChannel({ onHostGone: () => end() }),
  protocols: [openInference, mlflow, description],
  async openOther({ host, grpcPort, workers, token }, parts) {
    // Its libraries are large, and few ask for them.
    const { openGrpcServer } = await import('../../serving/protocols/grpc/open-grpc-server.ts')
    const traceOf = createTraces()
    return openGrpcServer(
      { host, port: grpcPort, sharesPort: workers > 1 },
      {
        ...parts,
        isAllowed: tokenCheck(token),
        traceOf: (header) =>
          traceOf({ 'x-request-id': header('x-request-id'), traceparent: header('traceparent') }),
      },
    )
  },
  productVersion: version,
  logTo: process.stdout.fd,
  exit: () => process.exit(0),
})
