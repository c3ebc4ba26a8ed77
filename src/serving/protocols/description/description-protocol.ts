import type { ModelRoute, Protocol } from '../../server/model-route.ts'
import { openApiOf } from './openapi.ts'
import { tryPage, tryPagePolicy } from './try-page.ts'

/** What the endpoint takes and gives, for programs and for people. */
export const description: Protocol = ({ handler, productVersion }) => [
  route('description', '/openapi.json', 'token', (_, reply) =>
    reply.send(openApiOf(handler, productVersion)),
  ),
  route('try-page', '/', 'open', (_, reply) =>
    reply
      .header('content-security-policy', tryPagePolicy)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(tryPage),
  ),
]

function route(name: string, url: string, access: ModelRoute['access'], act: ModelRoute['act']): ModelRoute {
  return {
    name,
    method: 'GET',
    url,
    plane: 'model',
    access,
    accepts: null,
    mostBytes: 0,
    mostAtOnce: 32,
    act,
    failure: ({ code, message, remedy }) => ({ error: { code, message: `${message} ${remedy}` } }),
  }
}
