import type { z } from 'zod'
import type { TableData } from '../../../src/core/artifacts.ts'
import type { NetworkModel } from '../../../src/learn/neural-network/network-model.ts'
import type { NetworkParameters } from '../../../src/learn/neural-network/network-parameters.ts'
import { neuralNetwork as learner } from '../../../src/learn/neural-network/neural-network.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import type { Training } from '../learn-model.ts'
import { targetKind } from '../learning-table.ts'
import type { neuralNetwork } from './definition.ts'

export async function trainingOf(
  params: z.output<typeof neuralNetwork.params>,
  context: RunContext,
  table: TableData,
): Promise<Training<NetworkParameters, NetworkModel>> {
  const task = params.task === 'auto' ? await targetKind(context, table) : params.task
  return {
    learner,
    task,
    params,
    describe: ({ layers, embeddings, epochs }, { features }) => ({
      epochs,
      embeddings: embeddings.map(({ feature, codes, size }) => ({ column: features[feature]!, codes, size })),
      layers: layers.map(({ inputs, outputs, activation }) => ({ inputs, outputs, activation })),
    }),
  }
}
