import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorReport } from '../../core/errors.ts'
import type { PredictionHandler, RequestTrace } from '../handler.ts'
import type { ServerStatistics } from '../server-protocol.ts'

/** One route of a model server: who may call it, what it takes, what it does. A test walks all of them. */
export interface ModelRoute {
  /** Of this server alone, such as `predict` or `v2-infer`. */
  name: string
  method: 'GET' | 'POST'
  /** As Fastify writes it. */
  url: string
  plane: 'model'
  /** `open`: without the token, where there is one. Such a route tells nothing but that the server is there. */
  access: 'token' | 'open'
  /** Media types of the body; `any` where the protocol leaves it open; null where there is no body. */
  accepts: readonly string[] | 'any' | null
  /** Of the body. */
  mostBytes: number
  /** At a time; more are answered with 503. */
  mostAtOnce: number
  /** `request.body` is a `Buffer` of the bytes as they came, or undefined. What is thrown is answered by `failure`. */
  act(request: FastifyRequest, reply: FastifyReply, trace: RequestTrace): unknown
  /** The body that tells of an error in the words of its protocol. */
  failure(report: ErrorReport, status: number): object
}

/** What a protocol needs to make its routes. */
export interface ProtocolParts {
  handler: PredictionHandler
  productVersion: string
  /** Of all processes of the deployment, as they are now. */
  statistics(): Promise<readonly ServerStatistics[]>
}

/** A way to ask for predictions over HTTP. */
export type Protocol = (parts: ProtocolParts) => readonly ModelRoute[]
