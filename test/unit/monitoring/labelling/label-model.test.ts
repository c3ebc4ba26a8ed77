import { assert, array, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitLabelModel, type VoteTable } from '../../../../src/monitoring/labelling/label-model.ts'
import { voteShares } from '../../../../src/monitoring/labelling/vote-statistics.ts'

/** Numbers from 0 to 1 by a linear congruential generator (Numerical Recipes), the same in every run. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

interface SimulatedFunction {
  /** Of the classes: how often it votes on a row of the class. */
  coverage: readonly number[]
  accuracy: number
}

function simulate(
  rows: number,
  { prior, functions }: { prior: readonly number[]; functions: readonly SimulatedFunction[] },
): { table: VoteTable; truth: number[] } {
  const next = generator(7)
  const classes = prior.length
  const truth: number[] = []
  const votes = new Uint8Array(rows * functions.length)
  for (let row = 0; row < rows; row++) {
    const drawn = next()
    let of = 0
    for (let sum = prior[0]!; drawn > sum && of < classes - 1; sum += prior[of]!) of += 1
    truth.push(of)
    for (const [own, { coverage, accuracy }] of functions.entries()) {
      const isSilent = next() >= coverage[of]!
      const isRight = next() < accuracy
      const other = (of + 1 + Math.floor(next() * (classes - 1))) % classes
      votes[row * functions.length + own] = isSilent ? 0 : (isRight ? of : other) + 1
    }
  }
  return { table: { rows, functions: functions.length, classes, votes }, truth }
}

const share = (count: number, of: number): number => count / of

function rightShare(table: VoteTable, truth: readonly number[], answer: (row: number) => number): number {
  return share(truth.filter((of, row) => answer(row) === of).length, table.rows)
}

const most = (numbers: ArrayLike<number>): number => {
  const all = Array.from(numbers)
  return all.indexOf(Math.max(...all))
}

function majority({ functions, classes, votes }: VoteTable, row: number): number {
  const counts = Array.from({ length: classes }, () => 0)
  for (const vote of votes.subarray(row * functions, (row + 1) * functions))
    if (vote > 0) counts[vote - 1]! += 1
  return most(counts)
}

describe('the label model', () => {
  it('finds how right functions are, as the triplet method has it in closed form', () => {
    const accuracies = [0.9, 0.75, 0.65]
    const { table } = simulate(40_000, {
      prior: [0.5, 0.5],
      functions: accuracies.map((accuracy) => ({ coverage: [1, 1], accuracy })),
    })
    // Fu et al. (“Fast and three-rious”, 2020): of votes of -1 and 1, E[ab] E[ac] / E[bc] is the square of 2 accuracy - 1.
    const sign = (row: number, own: number): number => table.votes[row * 3 + own]! * 2 - 3
    const product = (a: number, b: number): number => {
      let sum = 0
      for (let row = 0; row < table.rows; row++) sum += sign(row, a) * sign(row, b)
      return sum / table.rows
    }
    const closed = [0, 1, 2].map((own) => {
      const [one, other] = [0, 1, 2].filter((each) => each !== own) as [number, number]
      return (1 + Math.sqrt((product(own, one) * product(own, other)) / product(one, other))) / 2
    })
    const model = fitLabelModel(table)
    for (const [own, accuracy] of closed.entries()) {
      expect(model.accuracy[own]).toBeCloseTo(accuracy, 1)
      expect(Math.abs(model.accuracy[own]! - accuracies[own]!)).toBeLessThan(0.03)
    }
  })

  it('gives the posterior of known error rates where enough rows tell them', () => {
    const accuracies = [0.9, 0.8, 0.7, 0.6]
    const { table } = simulate(60_000, {
      prior: [0.3, 0.7],
      functions: accuracies.map((accuracy) => ({ coverage: [1, 1], accuracy })),
    })
    const model = fitLabelModel(table)
    const row = Array.from({ length: table.rows }, (_, each) => each).find(
      (each) => table.votes.subarray(each * 4, each * 4 + 4).join('') === '1222',
    )!
    const odds = (0.3 * 0.9 * 0.2 * 0.3 * 0.4) / (0.7 * 0.1 * 0.8 * 0.7 * 0.6)
    expect(Math.abs(model.posterior(row)![0]! - odds / (1 + odds))).toBeLessThan(0.05)
  })

  it('is right more often than the majority, of several classes and functions that are often silent', () => {
    const { table, truth } = simulate(20_000, {
      prior: [0.5, 0.3, 0.2],
      functions: [
        { coverage: [0.6, 0.6, 0.6], accuracy: 0.95 },
        { coverage: [0.7, 0.7, 0.7], accuracy: 0.55 },
        { coverage: [0.7, 0.7, 0.7], accuracy: 0.55 },
        { coverage: [0.8, 0.5, 0.5], accuracy: 0.8 },
        { coverage: [0.5, 0.5, 0.9], accuracy: 0.7 },
      ],
    })
    const model = fitLabelModel(table)
    const own = rightShare(table, truth, (row) => most(model.posterior(row) ?? model.prior))
    const voted = rightShare(table, truth, (row) => majority(table, row))
    expect(own).toBeGreaterThan(voted + 0.04)
    for (const [index, accuracy] of [0.95, 0.55, 0.55, 0.8, 0.7].entries())
      expect(Math.abs(model.accuracy[index]! - accuracy)).toBeLessThan(0.05)
  })

  it('learns from functions that vote for one class alone, by when they are silent', () => {
    const functions = [
      { coverage: [0.9, 0.1], accuracy: 1 },
      { coverage: [0.05, 0.7], accuracy: 1 },
      { coverage: [0.8, 0.2], accuracy: 1 },
      { coverage: [0.1, 0.6], accuracy: 1 },
    ]
    const { table, truth } = simulate(20_000, { prior: [0.4, 0.6], functions })
    // Each votes for its own class whatever the truth is.
    const votes = table.votes.map((vote, place) => (vote === 0 ? 0 : (place % 4) % 2 === 0 ? 1 : 2))
    const model = fitLabelModel({ ...table, votes })
    expect(rightShare(table, truth, (row) => most(model.posterior(row) ?? model.prior))).toBeGreaterThan(0.88)
    // 0.4 of the rows with 0.9, and 0.6 with 0.1.
    expect(model.accuracy[0]).toBeCloseTo(0.36 / 0.42, 1)
  })

  it('goes by the truths that are known: where all are, by how often each was right', () => {
    // Both functions share an error that agreement alone would take for the truth.
    const votes = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 0)
    const truths = Uint8Array.of(1, 2, 2, 2, 2, 2)
    const model = fitLabelModel({ rows: 6, functions: 2, classes: 2, votes, truths })
    expect([...model.accuracy]).toEqual([0.5, 2 / 5])
    // Counted, with one more row that is spread as all are: priors (1 + 1/2) / 7 and (5 + 1/2) / 7.
    const first = (1.5 / 7) * ((1 + 4 / 6) / 2) * ((1 + 4 / 6) / 2)
    const second = (5.5 / 7) * ((3 + 4 / 6) / 6) * ((3 + 4 / 6) / 6)
    expect(model.posterior(0)![0]).toBeCloseTo(first / (first + second), 12)
    const blind = fitLabelModel({ rows: 6, functions: 2, classes: 2, votes })
    expect(blind.accuracy[0]).toBeGreaterThan(0.9)
  })

  it('says nothing of rows on which nobody votes, and never a probability that is none', () => {
    assert(
      property(array(integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 60 }), (given) => {
        const rows = Math.floor(given.length / 3)
        const votes = Uint8Array.from(given.slice(0, rows * 3))
        const model = fitLabelModel({ rows, functions: 3, classes: 3, votes })
        for (let row = 0; row < rows; row++) {
          const posterior = model.posterior(row)
          const isSilent = votes.subarray(row * 3, row * 3 + 3).every((vote) => vote === 0)
          expect(posterior === null).toBe(isSilent)
          expect((posterior ?? model.prior).reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9)
        }
      }),
    )
  })
})

describe('what functions do beside each other', () => {
  it('is coverage, overlap and conflict', () => {
    // Rows: a votes 1, b silent; a 1, b 1; a 1, b 2; silent, silent.
    const votes = Uint8Array.of(1, 0, 1, 1, 1, 2, 0, 0)
    expect(voteShares({ rows: 4, functions: 2, classes: 2, votes })).toEqual([
      { coverage: 0.75, overlap: 0.5, conflict: 0.25, votes: [3, 0] },
      { coverage: 0.5, overlap: 0.5, conflict: 0.25, votes: [1, 1] },
    ])
  })
})
