import { describe, expect, it } from 'vitest'
import { exceedsShare } from '../../../../src/serving/deployments/exceeds-share.ts'
import { createRandom } from '../../../../src/tables/random.ts'

/** After which trial the alarm is raised, looked at after every trial; null if it never is. */
function alarmAt(
  share: number,
  { allowed, seed, trials }: { allowed: number; seed: number; trials: number },
) {
  const random = createRandom(seed, 'trials')
  let hits = 0
  for (let trial = 1; trial <= trials; trial += 1) {
    const isHit = random.unit() < share
    if (isHit) hits += 1
    if (isHit && exceedsShare({ hits, trials: trial, allowed })) return trial
  }
  return null
}

const seeds = Array.from({ length: 400 }, (_, seed) => seed)

describe('a share that must not be exceeded', () => {
  it.each([0.02, 0.1])(
    'of %d raises a false alarm in at most one of 20, though one looks 1 000 times',
    (allowed) => {
      const alarms = seeds.filter((seed) => alarmAt(allowed, { allowed, seed, trials: 1_000 }) !== null)
      // 5 % of 400, and three standard deviations.
      expect(alarms.length).toBeLessThanOrEqual(20 + 3 * Math.sqrt(400 * 0.05 * 0.95))
    },
  )

  it('is found out within a few dozen trials where it is exceeded by far, and within some hundred by little', () => {
    const median = (share: number): number => {
      const found = seeds.slice(0, 101).map((seed) => alarmAt(share, { allowed: 0.02, seed, trials: 5_000 }))
      expect(found).not.toContain(null)
      return found.toSorted((a, b) => a! - b!)[50]!
    }
    expect(median(0.5)).toBeLessThan(10)
    expect(median(0.2)).toBeLessThan(50)
    expect(median(0.06)).toBeLessThan(700)
  })

  it('is exceeded by any hit where none is allowed, and by none where all are', () => {
    expect(exceedsShare({ hits: 1, trials: 1_000, allowed: 0 })).toBe(true)
    expect(exceedsShare({ hits: 0, trials: 1_000, allowed: 0 })).toBe(false)
    expect(exceedsShare({ hits: 10, trials: 10, allowed: 1 })).toBe(false)
  })
})
