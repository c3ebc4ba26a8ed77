import {
  status,
  type Metadata,
  type ServerInterceptor,
  type ServerUnaryCall,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { reportOf } from '../../../core/errors.ts'
import type { PredictionHandler, RequestTrace } from '../../handler.ts'
import { statusOf } from '../../server/errors.ts'
import type { OnFailure } from '../../server/create-model-server.ts'
import type { ProtocolParts } from '../../server/model-route.ts'
import { answering, findServed } from '../find-served.ts'
import {
  describeModel,
  extensions,
  modelConfiguration,
  repositoryIndex,
} from '../open-inference/describe-models.ts'
import { infer } from '../open-inference/infer.ts'
import { inferenceStatistics } from '../open-inference/inference-statistics.ts'
import { guardCalls, type CallEnd } from './guard-calls.ts'
import type { InferRequestMessage } from './infer-messages.ts'
import { textOf } from './metadata-text.ts'
import { readInferMessage } from './read-infer-message.ts'
import { writeInferMessage } from './write-infer-message.ts'

export interface GrpcServiceParts extends ProtocolParts {
  /** Whether a caller with this `authorization` may ask; health is told to all. */
  isAllowed(authorization: string | undefined): boolean
  /** Taken over from what the caller sent, or made. */
  traceOf(header: (name: string) => string | undefined): RequestTrace
  /** Told of every call that is refused or fails; `route` is its method. */
  onFailure: OnFailure
}

type Call = ServerUnaryCall<unknown, unknown>
type Answer = (call: Call) => unknown
type Named = { name: string; version: string }

/** `inference.GRPCInferenceService`: the same answers as over HTTP. Health is answered by the guard. */
export function grpcService(parts: GrpcServiceParts): {
  guard: ServerInterceptor
  implementation: UntypedServiceImplementation
} {
  const { handler, productVersion } = parts
  const found = ({ request }: Call) => {
    const { name, version } = request as Named
    return findServed(handler, { model: name, version })
  }
  const answers: Record<string, Answer> = {
    ModelReady: ({ request }) => ({ ready: handler.isReady() && isServed(handler, request as Named) }),
    ServerMetadata: () => ({ name: 'pipewright', version: productVersion, extensions }),
    ModelMetadata: (call) => describeModel(found(call)),
    ModelConfig: (call) => ({ config: modelConfiguration(found(call)) }),
    ModelStatistics: async (call) => {
      const all = (call.request as Named).name === ''
      const served = all ? answering(handler) : found(call).candidates
      return inferenceStatistics(await parts.statistics(), served)
    },
    RepositoryIndex: ({ request }) => {
      const onlyReady = (request as { ready: boolean }).ready
      return { models: repositoryIndex(handler).filter(({ state }) => !onlyReady || state === 'READY') }
    },
    ModelInfer: (call) => answerInference(parts, call),
  }
  return {
    guard: guardCalls({
      isAllowed: (authorization) => parts.isAllowed(authorization),
      open: {
        ServerLive: () => ({ live: true }),
        ServerReady: () => ({ ready: handler.isReady() }),
      },
      refusal: (error, { metadata, route }) => tellFailure(error, { metadata, route, parts }),
    }),
    implementation: Object.fromEntries(
      Object.entries(answers).map(([route, answer]) => [route, unary(answer, { route, parts })]),
    ),
  }
}

/** Not being served is no error where it is asked for readiness. */
function isServed(handler: PredictionHandler, { name, version }: Named): boolean {
  try {
    return findServed(handler, { model: name, version }).candidates.length > 0
  } catch {
    return false
  }
}

type Callback = (error: CallEnd | null, value?: unknown) => void

function unary(answer: Answer, { route, parts }: { route: string; parts: GrpcServiceParts }) {
  return async (call: Call, callback: Callback): Promise<void> => {
    try {
      callback(null, await answer(call))
    } catch (error) {
      callback(tellFailure(error, { metadata: call.metadata, route, parts }))
    }
  }
}

function tellFailure(
  error: unknown,
  { metadata, route, parts }: { metadata: Metadata; route: string; parts: GrpcServiceParts },
): CallEnd {
  const report = reportOf(error)
  const httpStatus = statusOf(report)
  const trace = parts.traceOf((name) => textOf(metadata, name))
  parts.onFailure({ error, report, status: httpStatus, trace, route })
  return { code: codeOf(httpStatus), details: `${report.message} ${report.remedy}` }
}

async function answerInference(parts: GrpcServiceParts, call: Call): Promise<unknown> {
  const receivedAt = performance.now()
  const message = call.request as InferRequestMessage
  const header = (name: string): string | undefined => textOf(call.metadata, name)
  // Whom it is for comes first: what is sent to nobody has no mistakes of its own.
  const found = findServed(parts.handler, { model: message.model_name, version: message.model_version })
  const request = readInferMessage(message)
  const controller = new AbortController()
  call.on('cancelled', () => controller.abort())
  const inference = await infer(parts.handler, found, {
    request,
    header,
    trace: parts.traceOf(header),
    receivedAt,
    signal: controller.signal,
  })
  return writeInferMessage(inference, request)
}

const codeOf = (httpStatus: number): status => codes[httpStatus] ?? status.INTERNAL

/** Of gRPC, by the status of HTTP for the same error. */
const codes: Readonly<Record<number, status>> = {
  400: status.INVALID_ARGUMENT,
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.NOT_FOUND,
  413: status.RESOURCE_EXHAUSTED,
  415: status.INVALID_ARGUMENT,
  422: status.INVALID_ARGUMENT,
  429: status.RESOURCE_EXHAUSTED,
  499: status.CANCELLED,
  503: status.UNAVAILABLE,
  504: status.DEADLINE_EXCEEDED,
}
