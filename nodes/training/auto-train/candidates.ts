import { learnerChoice, learnerDefinitions, type LearnerChoice } from '../learner-choice.ts'
import type { AutoTrainParams, CandidateName } from './definition.ts'

type Given = Readonly<Record<string, unknown>>
type Preset = Given & { type: LearnerChoice['type'] }

/** Learners with parameters that are a good first try. */
const presets: Readonly<Record<CandidateName, { classification: Preset; regression: Preset }>> = {
  baseline: {
    classification: { type: 'training.baseline' },
    regression: { type: 'training.baseline' },
  },
  linear: {
    classification: { type: 'training.logistic-regression', inverseStrength: 1 },
    regression: { type: 'training.linear-regression' },
  },
  'regularized-linear': {
    classification: { type: 'training.logistic-regression', inverseStrength: 0.02 },
    regression: { type: 'training.linear-regression', penalty: 'l2', strength: 30 },
  },
  trees: {
    classification: { type: 'training.gradient-boosted-trees' },
    regression: { type: 'training.gradient-boosted-trees' },
  },
  'careful-trees': {
    classification: carefulTrees(),
    regression: carefulTrees(),
  },
  'random-forest': {
    classification: { type: 'training.random-forest' },
    regression: { type: 'training.random-forest' },
  },
  'extra-trees': {
    classification: { type: 'training.extra-trees' },
    regression: { type: 'training.extra-trees' },
  },
  'neural-network': {
    classification: { type: 'training.neural-network' },
    regression: { type: 'training.neural-network' },
  },
}

function carefulTrees(): Preset {
  return {
    type: 'training.gradient-boosted-trees',
    learningRate: 0.03,
    trees: 1500,
    leaves: 12,
    rowShare: 0.8,
    columnShare: 0.8,
    earlyStoppingRounds: 50,
  }
}

export interface Candidate {
  name: CandidateName
  choice: LearnerChoice
}

export function candidatesFor(
  task: 'classification' | 'regression',
  { candidates, classWeight, positiveClass }: AutoTrainParams,
): Candidate[] {
  const shared: Given = { task, classWeight, ...(positiveClass !== undefined && { positiveClass }) }
  return candidates.map((name) => {
    const given = presets[name][task]
    const { shape } = learnerDefinitions[given.type].params
    const taken = Object.entries(shared).filter(([param]) => param in shape)
    return { name, choice: learnerChoice.parse({ ...given, ...Object.fromEntries(taken) }) }
  })
}
