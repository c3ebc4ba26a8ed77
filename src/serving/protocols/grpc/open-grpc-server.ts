import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Server, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { mostBytes } from '../request-limits.ts'
import { grpcService, type GrpcServiceParts } from './grpc-service.ts'

const limits = {
  /** At a time. */
  connections: 256,
  /** Calls under way on one of them; its caller holds back more. */
  streams: 128,
  /** Of a connection without calls. */
  idleMs: 300_000,
} as const

/** The Open Inference Protocol over gRPC. */
export interface GrpcServer {
  port: number
  /** Ends when the calls under way are answered; takes no new ones. */
  drain(): Promise<void>
}

/** The service with its messages; fields keep their names, 64-bit integers are texts. */
export function loadOpenInference(): ServiceDefinition {
  const loaded = loadSync(join(import.meta.dirname, 'open-inference.proto'), {
    keepCase: true,
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
  })
  return loaded['inference.GRPCInferenceService'] as ServiceDefinition
}

/** Listens for gRPC without encryption, like its HTTP neighbour. A port of 0 is any that is free. */
export async function openGrpcServer(
  { host, port, sharesPort }: { host: string; port: number; sharesPort: boolean },
  parts: GrpcServiceParts,
): Promise<GrpcServer> {
  const { guard, implementation } = grpcService(parts)
  const server = new Server({
    interceptors: [guard],
    'grpc.max_receive_message_length': mostBytes,
    'grpc.max_send_message_length': -1,
    'grpc.max_concurrent_streams': limits.streams,
    'grpc.max_connection_idle_ms': limits.idleMs,
  })
  server.addService(loadOpenInference(), implementation)
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure())
  // Our own listener: several processes may then share the port, which the library cannot.
  const listener = createServer({ noDelay: true }, (socket) => injector.injectConnection(socket))
  listener.maxConnections = limits.connections
  listener.listen({ host, port, reusePort: sharesPort })
  await once(listener, 'listening')
  return {
    port: (listener.address() as AddressInfo).port,
    async drain() {
      listener.close()
      await new Promise<void>((resolve) => {
        server.tryShutdown(() => resolve())
      })
    },
  }
}
