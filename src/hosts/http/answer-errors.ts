import type { FastifyReply, FastifyRequest } from 'fastify'
import { reportOf, type ErrorReport } from '../../core/errors.ts'
import type { Log } from '../log.ts'

/** Errors as the contract has them; what is ours goes into the log, and its details to nobody. */
export function answerError(
  error: unknown,
  { request, reply, log }: { request: FastifyRequest; reply: FastifyReply; log: Log },
): void {
  const status = (error as { statusCode?: number }).statusCode
  if (status !== undefined && status < 500) {
    const problem = { error: (error as Error).message }
    void reply.code(status).send(problem)
    return
  }
  const report = reportOf(error)
  if (report.kind === 'defect') log.error(error, request.routeOptions.url ?? 'http')
  void reply.code(statusOf(report)).send({ error: report })
}

function statusOf({ kind, code }: ErrorReport): number {
  if (code === 'http.too-large') return 413
  if (code === 'artifact.missing') return 404
  switch (kind) {
    case 'user':
      return 400
    case 'environment':
      return 503
    case 'defect':
      return 500
  }
}
