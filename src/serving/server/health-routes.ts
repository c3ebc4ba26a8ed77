import type { PredictionHandler } from '../handler.ts'
import { serverError } from './errors.ts'
import { failureBody } from './failure-body.ts'
import type { GatheredStatistics } from './gather-statistics.ts'
import { gaugesText, metricsText } from './metrics-text.ts'
import type { ModelRoute } from './model-route.ts'
import type { ServingState } from './serving-state.ts'

const shared = {
  method: 'GET',
  plane: 'model',
  accepts: null,
  mostBytes: 0,
  mostAtOnce: 64,
  failure: failureBody,
} as const

/** `GET /healthz`, `/readyz` and `/metrics`. */
export function healthRoutes(parts: {
  handler: PredictionHandler
  state: () => ServingState | null
  gathered: Pick<GatheredStatistics, 'all' | 'gauges'>
}): ModelRoute[] {
  return [
    {
      ...shared,
      name: 'health',
      url: '/healthz',
      access: 'open',
      act: (_, reply) => reply.send({ status: 'ok' }),
    },
    {
      ...shared,
      name: 'ready',
      url: '/readyz',
      access: 'open',
      act(_, reply) {
        if (!parts.handler.isReady()) throw serverError('stopping')
        return reply.send({ status: 'ready' })
      },
    },
    {
      ...shared,
      name: 'metrics',
      url: '/metrics',
      access: 'token',
      async act(_, reply) {
        const state = parts.state()
        if (!state) throw serverError('stopping')
        const workers = await parts.gathered.all()
        const text = metricsText(workers, state.configuration) + gaugesText(parts.gathered.gauges)
        return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text)
      },
    },
  ]
}
