/** Votes of functions for rows: one byte a row and function, row by row. 0 says nothing, k votes for class k - 1. */
export interface VoteTable {
  rows: number
  functions: number
  classes: number
  votes: Uint8Array
  /** One byte a row: 0 where the truth is not known, k where it is class k - 1. */
  truths?: Uint8Array
}

/** What is learned from how functions agree with each other, and with the truths that are known. */
export interface LabelModel {
  /** Share of each class. */
  prior: Float64Array
  /** How often the votes of each function are right; NaN where it never votes. */
  accuracy: Float64Array
  /** The probability of each class for a row by its votes alone; null where no function votes. */
  posterior(row: number): Float64Array | null
  iterations: number
}

const mostIterations = 500
const tolerance = 1e-7
/** Rows that each function is taken to have voted on before, as it does over all: keeps probabilities from 0. */
const priorRows = 1

/** Rows with the same votes, and the same truth. */
interface Pattern {
  votes: Uint8Array
  /** 0 where it is not known. */
  truth: number
  count: number
  /** Probability of each class. */
  posterior: Float64Array
}

/**
 * The model of Dawid and Skene (“Maximum likelihood estimation of observer error-rates using the EM algorithm”, 1979) over
 * the votes of functions, saying nothing being one of the outcomes: given the class, functions vote independently of each
 * other, each with probabilities of its own. The posterior of a row is a weighted vote, whose weights are the logarithms of
 * these probabilities. Rows whose truth is known are of their class throughout. EM starts from the majority; every sum has a
 * fixed order.
 */
export function fitLabelModel(table: VoteTable): LabelModel {
  const { rows, classes, functions } = table
  const { patterns, patternOf } = patternsOf(table)
  startFromMajority(patterns, classes)
  const outcomes = marginalsOf(patterns, table)
  let parameters = maximize(patterns, { table, outcomes })
  let iterations = 1
  for (; iterations < mostIterations; iterations++) {
    const moved = expect(patterns, parameters)
    parameters = maximize(patterns, { table, outcomes })
    if (moved < tolerance) break
  }
  const posteriors = patterns.map(({ votes }) =>
    votes.every((vote) => vote === 0) ? null : posteriorOf(votes, parameters),
  )
  return {
    prior: parameters.prior,
    accuracy: Float64Array.from({ length: functions }, (_, own) => accuracyOf(patterns, own)),
    posterior(row) {
      if (row >= rows) throw new RangeError(`there is no row ${row}`)
      return posteriors[patternOf[row]!]!
    },
    iterations,
  }
}

function patternsOf({ rows, functions, classes, votes, truths }: VoteTable): {
  patterns: Pattern[]
  patternOf: Uint32Array
} {
  const patterns: Pattern[] = []
  const known = new Map<string, number>()
  const patternOf = Uint32Array.from({ length: rows }, (_, row) => {
    const own = votes.subarray(row * functions, (row + 1) * functions)
    const truth = truths?.[row] ?? 0
    const key = `${truth}:${own.join(',')}`
    const found = known.get(key)
    if (found !== undefined) {
      patterns[found]!.count += 1
      return found
    }
    known.set(key, patterns.length)
    patterns.push({ votes: own, truth, count: 1, posterior: new Float64Array(classes) })
    return patterns.length - 1
  })
  return { patterns, patternOf }
}

/** Every row belongs to its class where that is known, else to those with most votes; without votes as all others do. */
function startFromMajority(patterns: readonly Pattern[], classes: number): void {
  const shares = new Float64Array(classes)
  for (const { votes, truth, count, posterior } of patterns) {
    if (truth > 0) posterior[truth - 1] = 1
    else for (const vote of votes) if (vote > 0) posterior[vote - 1]! += 1
    const most = Math.max(...posterior)
    if (most === 0) continue
    const winners = posterior.reduce((sum, each) => sum + (each === most ? 1 : 0), 0)
    for (let of = 0; of < classes; of++) {
      posterior[of] = posterior[of] === most ? 1 / winners : 0
      shares[of]! += posterior[of]! * count
    }
  }
  const all = shares.reduce((sum, share) => sum + share, 0)
  for (const { posterior } of patterns)
    if (posterior.every((each) => each === 0))
      posterior.set(shares.map((share) => (all === 0 ? 1 / classes : share / all)))
}

interface Parameters {
  prior: Float64Array
  /** Logarithms: of each function, by class, by outcome. */
  logVotes: Float64Array[]
  logPrior: Float64Array
}

/** How often each function has each outcome, whatever the class. */
function marginalsOf(patterns: readonly Pattern[], { functions, classes, rows }: VoteTable): Float64Array[] {
  return Array.from({ length: functions }, (_, own) => {
    const outcomes = new Float64Array(classes + 1)
    for (const { votes, count } of patterns) outcomes[votes[own]!]! += count / rows
    return outcomes
  })
}

function maximize(
  patterns: readonly Pattern[],
  { table: { rows, functions, classes }, outcomes }: { table: VoteTable; outcomes: readonly Float64Array[] },
): Parameters {
  const members = new Float64Array(classes)
  for (const { count, posterior } of patterns)
    for (let of = 0; of < classes; of++) members[of]! += count * posterior[of]!
  const prior = members.map((each) => (each + priorRows / classes) / (rows + priorRows))
  const width = classes + 1
  const logVotes = Array.from({ length: functions }, (_, own) => {
    const sums = new Float64Array(classes * width)
    for (const { votes, count, posterior } of patterns)
      for (let of = 0; of < classes; of++) sums[of * width + votes[own]!]! += count * posterior[of]!
    return sums.map((sum, place) => {
      const of = Math.floor(place / width)
      return Math.log((sum + priorRows * outcomes[own]![place % width]!) / (members[of]! + priorRows))
    })
  })
  return { prior, logPrior: prior.map(Math.log), logVotes }
}

/** Gives every pattern its posterior, but for those whose class is known; tells by how much one moved at most. */
function expect(patterns: readonly Pattern[], parameters: Parameters): number {
  let moved = 0
  for (const { votes, truth, posterior } of patterns) {
    if (truth > 0) continue
    for (const [of, now] of posteriorOf(votes, parameters).entries()) {
      moved = Math.max(moved, Math.abs(now - posterior[of]!))
      posterior[of] = now
    }
  }
  return moved
}

function posteriorOf(votes: Uint8Array, { logPrior, logVotes }: Parameters): Float64Array {
  const width = logPrior.length + 1
  const logs = logPrior.map((prior, of) =>
    logVotes.reduce((sum, own, index) => sum + own[of * width + votes[index]!]!, prior),
  )
  const most = Math.max(...logs)
  const weights = logs.map((log) => Math.exp(log - most))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / all)
}

function accuracyOf(patterns: readonly Pattern[], own: number): number {
  let right = 0
  let voted = 0
  for (const { votes, count, posterior } of patterns) {
    const vote = votes[own]!
    if (vote === 0) continue
    right += count * posterior[vote - 1]!
    voted += count
  }
  return voted === 0 ? Number.NaN : right / voted
}
