import type { TrafficComparison, TrafficResults, VersionTraffic } from '../../contract/deployment-traffic.ts'
import { compareCodePoints } from '../../core/compare-code-points.ts'
import { ownValue } from '../../core/own-value.ts'
import type { ServerConfiguration, ServerStatistics, VersionStatistics } from '../server-protocol.ts'
import {
  compareMeans,
  compareShares,
  estimateMean,
  estimateShare,
  type Difference,
  type Sums,
} from './compare-samples.ts'
import { shownLatency } from './statistics-book.ts'

/** How good a version was by what was said about its answers. */
export type VersionQuality =
  | { metric: 'accuracy'; right: number; count: number }
  | ({ metric: 'mean-absolute-error' } & Sums)

export interface TrafficSoFar {
  since: number
  /** Counted since then. */
  counted: ServerStatistics
  configuration: Pick<ServerConfiguration, 'versions'>
  /** By `MODEL:VERSION`. */
  quality: ReadonlyMap<string, VersionQuality>
  canary: TrafficResults['canary']
}

/** How the versions of a deployment do beside each other. */
export function trafficResults({
  since,
  counted,
  configuration,
  quality,
  canary,
}: TrafficSoFar): TrafficResults {
  const weights = new Map(configuration.versions.map((each) => [keyOf(each), each]))
  const all = Object.values(counted.versions)
  const served = all.filter((each) => each.role === 'fallback' || weights.has(keyOf(each)))
  const answering = served.filter(({ role }) => role === 'live' || role === 'canary')
  const firstLive = configuration.versions.find(({ role, weight }) => role === 'live' && weight > 0)
  const baseline = answering.find((each) => firstLive && keyOf(each) === keyOf(firstLive))
  return {
    since,
    versions: served.map((each) =>
      trafficOf(each, {
        quality: quality.get(keyOf(each)) ?? null,
        weight: weights.get(keyOf(each))?.weight ?? 0,
      }),
    ),
    comparisons: baseline
      ? answering
          .filter((each) => each !== baseline)
          .flatMap((other) => comparisonsOf(baseline, other, quality))
      : [],
    shadows: configuration.versions
      .filter(({ role }) => role === 'shadow')
      .flatMap((each) => {
        const { compared, agreed, dropped, difference } = counted.shadow[keyOf(each)] ?? noShadow
        return [
          {
            model: each.model,
            version: each.version,
            compared,
            dropped,
            agreement: estimateShare(agreed, compared),
            meanDifference: difference.count === 0 ? null : estimateMean(difference),
          },
        ]
      }),
    canary,
  }
}

export const keyOf = ({ model, version }: { model: string; version: number }): string => `${model}:${version}`

const noShadow = { compared: 0, agreed: 0, dropped: 0, difference: { count: 0, sum: 0, sumOfSquares: 0 } }

/** A version whose every answer may be another number has labels that say nothing. */
const mostLabels = 20

function trafficOf(
  { model, version, role, requests, rows, errors, latency, labels, value }: VersionStatistics,
  { quality, weight }: { quality: VersionQuality | null; weight: number },
): VersionTraffic {
  const said = Object.entries(labels).toSorted(([, a], [, b]) => b - a)
  const answers = said.reduce((sum, [, count]) => sum + count, 0)
  const measured = latency.counts.reduce((sum, count) => sum + count, 0)
  return {
    model,
    version,
    role,
    weight,
    requests,
    rows,
    errorShare: estimateShare(errors, requests + errors),
    meanLatencyMs: measured === 0 ? null : (latency.sum / measured) * 1_000,
    ...shownLatency(latency),
    labels: said
      .slice(0, mostLabels)
      .map(([label, count]) => ({ label, count, share: estimateShare(count, answers) })),
    meanAnswer: value.count === 0 ? null : estimateMean(value),
    quality:
      quality === null
        ? null
        : {
            metric: quality.metric,
            count: quality.count,
            estimate:
              quality.metric === 'accuracy'
                ? estimateShare(quality.right, quality.count)
                : estimateMean(quality),
          },
  }
}

function comparisonsOf(
  baseline: VersionStatistics,
  other: VersionStatistics,
  quality: ReadonlyMap<string, VersionQuality>,
): TrafficComparison[] {
  const named = {
    baseline: { model: baseline.model, version: baseline.version },
    other: { model: other.model, version: other.version },
  }
  const compared = (
    found: Difference | null,
    what: Pick<TrafficComparison, 'metric' | 'label' | 'method'>,
    better: 'more' | 'less' | null,
  ): TrafficComparison[] =>
    found ? [{ ...named, ...what, ...found, verdict: verdictOf(found, better) }] : []
  const trials = ({ requests, errors }: VersionStatistics) => ({ hits: errors, trials: requests + errors })
  return [
    ...compared(
      compareShares(trials(baseline), trials(other)),
      { metric: 'error-share', label: null, method: 'two-proportion-z' },
      'less',
    ),
    ...labelsOf(baseline, other).flatMap(({ label, before, after }) =>
      compared(
        compareShares(before, after),
        { metric: 'answer-share', label, method: 'two-proportion-z' },
        null,
      ),
    ),
    ...compared(
      compareMeans(baseline.value, other.value),
      { metric: 'answer-mean', label: null, method: 'welch-t' },
      null,
    ),
    ...compareQuality(quality.get(keyOf(baseline)), quality.get(keyOf(other))).flatMap(([found, what]) =>
      compared(found, what, what.metric === 'accuracy' ? 'more' : 'less'),
    ),
  ]
}

function labelsOf(baseline: VersionStatistics, other: VersionStatistics) {
  const total = ({ labels }: VersionStatistics): number =>
    Object.values(labels).reduce((sum, count) => sum + count, 0)
  const sizes = [total(baseline), total(other)] as const
  const labels = [...new Set([...Object.keys(baseline.labels), ...Object.keys(other.labels)])]
  const answers = (label: string): number =>
    (ownValue(baseline.labels, label) ?? 0) + (ownValue(other.labels, label) ?? 0)
  return labels
    .toSorted((a, b) => answers(b) - answers(a) || compareCodePoints(a, b))
    .slice(0, mostLabels)
    .map((label) => ({
      label,
      before: { hits: ownValue(baseline.labels, label) ?? 0, trials: sizes[0] },
      after: { hits: ownValue(other.labels, label) ?? 0, trials: sizes[1] },
    }))
}

function compareQuality(
  first: VersionQuality | undefined,
  second: VersionQuality | undefined,
): [Difference | null, Pick<TrafficComparison, 'metric' | 'label' | 'method'>][] {
  if (!first || !second) return []
  if (first.metric === 'accuracy' && second.metric === 'accuracy')
    return [
      [
        compareShares(
          { hits: first.right, trials: first.count },
          { hits: second.right, trials: second.count },
        ),
        { metric: 'accuracy', label: null, method: 'two-proportion-z' },
      ],
    ]
  if (first.metric === 'mean-absolute-error' && second.metric === 'mean-absolute-error')
    return [[compareMeans(first, second), { metric: 'mean-absolute-error', label: null, method: 'welch-t' }]]
  return []
}

/** By the bound that allows looking at any time. */
function verdictOf(
  { difference, always }: Difference,
  better: 'more' | 'less' | null,
): TrafficComparison['verdict'] {
  if (!always.isDifferent) return 'undecided'
  if (better === null) return 'different'
  return difference > 0 === (better === 'more') ? 'better' : 'worse'
}
