import { assert, integer, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { versionChooser } from '../../../../src/serving/traffic/choose-version.ts'

const versions = [
  { key: 'churn:1', weight: 70 },
  { key: 'churn:2', weight: 20 },
  { key: 'churn:3', weight: 10 },
]
const keys = Array.from({ length: 20_000 }, (_, index) => `customer-${index}`)

function sharesOf(chosen: readonly { key: string }[]): number[] {
  return versions.map(({ key }) => chosen.filter((version) => version.key === key).length / chosen.length)
}

describe('which version answers', () => {
  it('is decided by weight, by chance as by key', () => {
    const choose = versionChooser(versions)
    for (const chosen of [keys.map(() => choose()), keys.map((key) => choose(key))])
      for (const [index, share] of sharesOf(chosen).entries())
        // Four standard deviations of a share of 20 000.
        expect(Math.abs(share - versions[index]!.weight / 100)).toBeLessThan(0.013)
  })

  it('is the same for a key in every process, in whatever order versions are listed', () => {
    const [one, other] = [versionChooser(versions), versionChooser(versions.toReversed())]
    assert(property(string(), (key) => one(key).key === other(key).key))
  })

  it('never gives requests to a version without weight', () => {
    const choose = versionChooser([{ key: 'a', weight: 0 }, ...versions])
    assert(property(string(), (key) => choose(key).key !== 'a'))
    expect(versionChooser([{ key: 'only', weight: 0 }])('any')).toEqual({ key: 'only', weight: 0 })
  })

  it('moves no more keys than a change of weights asks for', () => {
    assert(
      property(integer({ min: 0, max: 100 }), (weight) => {
        const before = versionChooser(versions)
        const after = versionChooser([...versions.slice(0, 2), { key: 'churn:3', weight }])
        const moved = keys.slice(0, 500).filter((key) => before(key).key !== after(key).key)
        const grows = weight > 10
        const towards = moved.filter((key) => (grows ? after(key) : before(key)).key === 'churn:3')
        expect(towards).toEqual(moved)
      }),
      { numRuns: 20 },
    )
  })
})
