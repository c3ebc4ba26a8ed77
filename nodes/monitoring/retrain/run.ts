import { deploymentNameOf } from '../../../src/core/deployment-name.ts'
import { retrainingPolicySchema, type RetrainingPolicy } from '../../../src/core/retraining.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { retrain, type RetrainParams } from './definition.ts'

export const run = defineRun(retrain, async (_, params, context) => {
  const policy = policyOf(params)
  const made = await context.retraining.apply(policy)
  const said = made.changed
    ? 'The retraining of “{deployment}” is wished for as it stands here.'
    : 'The retraining of “{deployment}” is as it stands here.'
  context.log('info', made.isOn ? said : `${said} It is switched off.`, { deployment: policy.deployment })
  return {}
})

const unlessNone = (value: number): number | null => (value === 0 ? null : value)

function policyOf(params: RetrainParams): RetrainingPolicy {
  const { model, deployment, newest, metric, holdsFrozen, margin, cron, timeZone } = params
  const { newLabels, driftWindows, qualityDrop, pauseMinutes, gain, confidence, leastRows } = params
  const { latencyFactor, largestMb, slices, sliceMargin } = params
  const { way, needsApproval, share, trialRequests, trialMinutes, probationMinutes } = params
  return retrainingPolicySchema.parse({
    deployment: deployment === '' ? deploymentNameOf(model.split('@')[0]!) : deployment,
    model,
    newest: newest === '' ? null : newest,
    start: {
      newLabels: unlessNone(newLabels),
      driftWindows: unlessNone(driftWindows),
      qualityDrop: unlessNone(qualityDrop),
      cron: cron === '' ? null : { expression: cron, timeZone },
      pauseMinutes,
    },
    judgement: {
      metric: metric === 'usual' ? null : metric,
      margin: holdsFrozen ? margin : null,
      gain,
      confidence,
      leastRows,
      latencyFactor: latencyFactor === 0 ? null : Math.max(1, latencyFactor),
      largestMb: unlessNone(largestMb),
      slices,
      sliceMargin,
    },
    promotion: { way, needsApproval, share, trialRequests, trialMinutes, probationMinutes },
  })
}
