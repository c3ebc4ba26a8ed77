import type { Challenge, Measurement, MeasuredRows } from '../../contract/challenge.ts'
import type { JudgedCheck } from '../../contract/retraining-contract.ts'
import { metricDirection } from '../../core/metric-direction.ts'
import type { RetrainingPolicy } from '../../core/retraining.ts'

type Rule = RetrainingPolicy['judgement']

/** Slower than the champion by less than this is not felt. */
const unfeltMs = 1

/**
 * What the numbers say for a challenger: not worse on the frozen rows (the interval of its gain begins above −margin), better
 * on the newest labels (it begins above the gain that is asked for), and neither too slow, too large nor clearly worse
 * for some slice.
 */
export function judgeChallenger(
  challenge: Challenge,
  rule: Rule,
): { isBetter: boolean; reason: string; checks: JudgedCheck[] } {
  const checks = [
    frozenCheck(challenge, rule),
    newestCheck(challenge, rule),
    latencyCheck(challenge, rule),
    sizeCheck(challenge, rule),
    ...challenge.slices.map((slice) => sliceCheck(challenge, slice, rule)),
  ]
  const failed = checks.filter(({ isPassed }) => isPassed === false)
  const newest = checks[1]!
  return {
    isBetter: failed.length === 0,
    reason: failed.length === 0 ? newest.reason : failed.map(({ reason }) => reason).join(' '),
    checks,
  }
}

function frozenCheck({ metric, frozen }: Challenge, { margin, confidence }: Rule): JudgedCheck {
  if (frozen.outcome === 'none')
    return unmeasured(
      'frozen',
      `It cannot be held against the frozen test rows: ${frozen.reason}.`,
      margin !== null,
    )
  const { low, gain } = frozen
  const isPassed = margin === null ? null : (low ?? gain) >= -margin
  const allowed =
    margin === null ? 'which decides nothing' : `where ${amountOf(metric, margin)} worse are allowed`
  return measured('frozen', metric, frozen, {
    isPassed,
    reason: `On ${frozen.rows} frozen test rows it is ${gainText(metric, frozen, confidence)}, ${allowed}${excludedText(frozen)}.`,
  })
}

function newestCheck({ metric, newest }: Challenge, rule: Rule): JudgedCheck {
  if (newest.outcome === 'none')
    return unmeasured('newest', `It cannot be held against the newest labels: ${newest.reason}.`, true)
  const { rows, low } = newest
  if (rows < rule.leastRows)
    return measured('newest', metric, newest, {
      isPassed: false,
      reason: `There are only ${rows} newest labels to measure on${excludedText(newest)}; it takes ${rule.leastRows}.`,
    })
  const isPassed = low !== null && low > rule.gain
  const wanted = rule.gain === 0 ? '' : `, where ${amountOf(metric, rule.gain)} better are asked for`
  const verdict = isPassed || (newest.high !== null && newest.high <= rule.gain) ? '' : ': that may be chance'
  return measured('newest', metric, newest, {
    isPassed,
    reason: `On the ${rows} newest labels it is ${gainText(metric, newest, rule.confidence)}${wanted}${verdict}${excludedText(newest)}.`,
  })
}

function latencyCheck({ latency }: Challenge, { latencyFactor }: Rule): JudgedCheck {
  const { champion, challenger } = latency
  const said = `99 % of its single answers take up to ${milliseconds(challenger.p99Ms)}, the champion’s ${milliseconds(champion.p99Ms)}`
  const isPassed =
    latencyFactor === null
      ? null
      : challenger.p99Ms <= champion.p99Ms * latencyFactor || challenger.p99Ms - champion.p99Ms <= unfeltMs
  return {
    ...plain('latency'),
    isPassed,
    reason: isPassed === false ? `${said}: more than ${latencyFactor} times as long.` : `${said}.`,
    metric: 'p99-ms',
    champion: champion.p99Ms,
    challenger: challenger.p99Ms,
  }
}

function sizeCheck({ sizeBytes }: Challenge, { largestMb }: Rule): JudgedCheck {
  const isPassed = largestMb === null ? null : sizeBytes.challenger <= largestMb * 1e6
  const said = `It is ${bytesText(sizeBytes.challenger)} large, the champion ${bytesText(sizeBytes.champion)}`
  return {
    ...plain('size'),
    isPassed,
    reason: isPassed === false ? `${said}; at most ${largestMb} MB are allowed.` : `${said}.`,
    metric: 'bytes',
    champion: sizeBytes.champion,
    challenger: sizeBytes.challenger,
  }
}

function sliceCheck(
  { metric }: Challenge,
  slice: Challenge['slices'][number],
  { sliceMargin, confidence }: Rule,
): JudgedCheck {
  const isWorse = slice.high !== null && slice.high < -sliceMargin
  return {
    ...measured('slice', metric, slice, {
      isPassed: !isWorse,
      reason: `Where ${slice.slice} (${slice.rows} rows) it is ${gainText(metric, slice, confidence)}.`,
    }),
    slice: slice.slice,
  }
}

const plain = (check: JudgedCheck['check']): JudgedCheck => ({
  check,
  isPassed: null,
  reason: '',
  metric: null,
  champion: null,
  challenger: null,
  gain: null,
  low: null,
  high: null,
  rows: null,
  excluded: null,
  slice: null,
})

const unmeasured = (check: JudgedCheck['check'], reason: string, decides: boolean): JudgedCheck => ({
  ...plain(check),
  isPassed: decides ? false : null,
  reason,
})

function measured(
  check: JudgedCheck['check'],
  metric: string,
  { rows, excluded, champion, challenger, gain, low, high }: MeasuredRows,
  outcome: Pick<JudgedCheck, 'isPassed' | 'reason'>,
): JudgedCheck {
  return { ...plain(check), metric, rows, excluded, champion, challenger, gain, low, high, ...outcome }
}

/** “better by 1.20 points of accuracy (95 % interval: 0.30 to 2.00)”. */
function gainText(metric: string, { gain, low, high }: MeasuredRows, confidence: number): string {
  const said = `${gain >= 0 ? 'better' : 'worse'} by ${amountOf(metric, Math.abs(gain))}`
  if (low === null || high === null) return said
  const level = `${Math.round(confidence * 1_000) / 10} %`
  return `${said} (${level} interval: ${points(low)} to ${points(high)})`
}

const points = (gain: number): string => (gain * 100).toFixed(2).replace('-', '−')

/** Points of a share, or per cent of an error. */
const amountOf = (metric: string, amount: number): string =>
  `${(amount * 100).toFixed(2)} ${metricDirection(metric) === 'lower' ? '%' : 'points'} of ${metric.replaceAll('_', ' ')}`

const excludedText = ({ excluded }: Extract<Measurement, { outcome: 'measured' }>): string =>
  excluded === 0 ? '' : ` (${excluded} rows are left out, as a model had learned from them)`

const bytesText = (bytes: number): string =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`

const milliseconds = (value: number): string => `${value.toPrecision(2)} ms`
