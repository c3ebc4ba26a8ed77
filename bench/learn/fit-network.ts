import { fitNetwork } from '../../src/learn/neural-network/fit-network.ts'
import { neuralNetwork } from '../../src/learn/neural-network/neural-network.ts'
import { timeFit } from './time-fit.ts'

/** Our side of the comparison of networks, in a process of its own. */
const [train = '', test = '', width = '', epochs = '', threads = ''] = process.argv.slice(2)
await timeFit({
  train,
  test,
  width: Number(width),
  threads: Number(threads),
  fit: (table, run) =>
    fitNetwork(
      table,
      {
        hiddenLayers: [128, 64],
        activation: 'relu',
        dropout: 0,
        batchNormalization: false,
        weightDecay: 0,
        learningRate: 1e-3,
        schedule: 'constant',
        batchRows: 1024,
        epochs: Number(epochs),
        patience: Number(epochs),
      },
      run,
    ),
  predict: (model, chunk) => neuralNetwork.predict(model, chunk),
})
