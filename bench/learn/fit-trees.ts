import { fitTrees } from '../../src/learn/gradient-boosted-trees/fit-trees.ts'
import { predictWithTrees } from '../../src/learn/gradient-boosted-trees/predict-trees.ts'
import { timeFit } from './time-fit.ts'
import { treesWidth } from './trees-rows.ts'

/** Our side of the comparison of trees, in a process of its own. */
const [train = '', test = '', trees = '', threads = ''] = process.argv.slice(2)
const parameters = {
  trees: Number(trees),
  learningRate: 0.1,
  leaves: 31,
  minimumRowsInLeaf: 20,
  minimumGain: 0,
  l1: 0,
  l2: 1,
  bins: 255,
  rowShare: 1,
  columnShare: 1,
  earlyStoppingRounds: 0,
}
await timeFit({
  train,
  test,
  width: treesWidth,
  threads: Number(threads),
  fit: (table, run) => fitTrees(table, parameters, run),
  predict: predictWithTrees,
})
