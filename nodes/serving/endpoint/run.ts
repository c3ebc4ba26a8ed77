import { deploymentNameOf } from '../../../src/core/deployment-name.ts'
import { deploymentSpecSchema, type DeploymentSpec } from '../../../src/core/deployment.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { endpoint, type EndpointParams } from './definition.ts'

export const run = defineRun(endpoint, async (_, params, context) => {
  const isOn = params.switch === 'as-it-is' ? null : params.switch === 'on'
  const made = await context.deployments.apply({ spec: specOf(params), isOn })
  const said = made.changed
    ? 'The endpoint “{name}” is wished for as it stands here.'
    : 'The endpoint “{name}” is as it stands here.'
  context.log('info', made.isOn ? said : `${said} It is switched off.`, { name: made.name })
  return {}
})

function specOf(params: EndpointParams): DeploymentSpec {
  const { model, name, port, workers, timeoutMs, shadow, canary, canaryShare, stickyBy } = params
  const { logShare: share, neverLogged, keepDays, grpc } = params
  return deploymentSpecSchema.parse({
    name: name === '' ? deploymentNameOf(model.split(/[@:]/)[0]!) : name,
    versions: [
      { reference: model, weight: canary === '' ? 1 : 1 - canaryShare },
      ...(canary === '' ? [] : [{ reference: canary, role: 'canary', weight: canaryShare }]),
      ...(shadow === '' ? [] : [{ reference: shadow, role: 'shadow' }]),
    ],
    port: port ?? null,
    workers: workers ?? null,
    grpcPort: grpc ? 0 : null,
    stickyBy: stickyBy === '' ? null : stickyBy,
    timeoutMs,
    fallback: fallbackOf(params),
    log: { share, neverLogged, keepDays },
  })
}

function fallbackOf({ fallback, fallbackAnswer: answer }: EndpointParams): DeploymentSpec['fallback'] {
  switch (fallback) {
    case 'none':
      return { kind: 'none' }
    case 'constant': {
      const number = Number(answer)
      return { kind: 'constant', answer: answer.trim() !== '' && Number.isFinite(number) ? number : answer }
    }
    case 'version':
      return { kind: 'version', reference: answer }
    case 'rule':
      return { kind: 'rule', expression: answer }
  }
}
