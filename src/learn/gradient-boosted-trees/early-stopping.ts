/** Watches the loss after each round; the best round is the first with the lowest loss. */
export interface EarlyStopping {
  /** Takes in the loss after the next round; true when the best is too many rounds ago. */
  stopsAfter(loss: number): boolean
  readonly bestRounds: number
}

export function earlyStopping(patience: number): EarlyStopping {
  let rounds = 0
  let bestRounds = 0
  let bestLoss = Infinity
  return {
    stopsAfter(loss) {
      rounds++
      if (loss < bestLoss) {
        bestLoss = loss
        bestRounds = rounds
      }
      return rounds - bestRounds >= patience
    },
    get bestRounds() {
      return bestRounds
    },
  }
}
