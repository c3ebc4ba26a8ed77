import type { Learner } from '../learner.ts'
import { emitNetwork } from './emit-network.ts'
import { fitNetwork } from './fit-network.ts'
import type { NetworkModel } from './network-model.ts'
import type { NetworkParameters } from './network-parameters.ts'
import { predictWithNetwork } from './predict-network.ts'

/** A multilayer perceptron for two or more classes and for numbers. */
export const neuralNetwork: Learner<NetworkParameters, NetworkModel> = {
  type: 'neural-network',
  tasks: ['binary', 'multiclass', 'regression'],
  fit: fitNetwork,
  predict: predictWithNetwork,
  emit: emitNetwork,
}
