const measures = ['ks', 'psi', 'js'] as const

interface Measure {
  score: number
  bounds?: { low: number; high: number }
}
type Ours = Record<(typeof measures)[number], Measure>
type Peer = Record<(typeof measures)[number], number>

const foundIn = <Found>(printed: string): Found[] => (JSON.parse(printed) as { found: Found[] }).found

/** From rows, both sides have to find the same to nine digits, else they did not do the same. */
export function checkFound(ours: string, peer: string): void {
  const others = foundIn<Peer>(peer)
  for (const [column, own] of foundIn<Ours>(ours).entries()) {
    for (const measure of measures) {
      const [score, wanted] = [own[measure].score, others[column]![measure]]
      if (Math.abs(score - wanted) > 1e-9)
        throw new Error(`${measure} of column ${column} is ${score} here and ${wanted} there`)
    }
  }
}

/** The largest error of what was found from sketches, as a share of what they state; above 1 a statement is wrong. */
export function errorOfStated(sketched: string, exact: string): number {
  const wanted = foundIn<Ours>(exact)
  const shares = foundIn<Ours>(sketched).flatMap((own, column) =>
    measures.map((measure) => {
      const { score, bounds } = own[measure]
      const truth = wanted[column]![measure].score
      if (truth === score) return 0
      const stated = bounds === undefined ? 0 : truth > score ? bounds.high - score : score - bounds.low
      return Math.abs(truth - score) / stated
    }),
  )
  return Math.max(...shares)
}
