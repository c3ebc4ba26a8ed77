/** How often a model is added at most; weights are multiples of one over as much. */
const mostAdditions = 20
/** An addition that lowers the loss by less than this share of it is not worth a model more. */
const leastGain = 1e-4

/**
 * Weights of models for the mean of their answers, by greedy selection with replacement (Caruana, Niculescu-Mizil, Crew and
 * Ksikes, Ensemble Selection from Libraries of Models, 2004): from the best one on, the one is added that lowers the loss
 * most, as long as one does. Answers are those for rows that trained none of them.
 */
export function chooseWeights(
  answers: readonly (Float32Array | Float64Array)[],
  loss: (answers: Float64Array) => number,
): number[] {
  const counts = answers.map(() => 0)
  let sum = new Float64Array(answers[0]!.length)
  let lowest = Infinity
  for (let additions = 1; additions <= mostAdditions; additions++) {
    const tried = answers.map((own) => {
      const next = sum.map((value, index) => value + own[index]!)
      return { next, loss: loss(next.map((value) => value / additions)) }
    })
    const best = tried.reduce((a, b, index) => (b.loss < tried[a]!.loss ? index : a), 0)
    if (tried[best]!.loss > lowest - leastGain * Math.abs(lowest)) break
    lowest = tried[best]!.loss
    sum = tried[best]!.next
    counts[best]!++
  }
  const total = counts.reduce((a, b) => a + b, 0)
  return counts.map((count) => count / total)
}
