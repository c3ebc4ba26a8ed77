import type { Runner } from '../../src/node-kit/define-node.ts'

/** The work of the nodes that only benchmarks have. */
export const benchRunners: Readonly<Record<string, () => Promise<Runner>>> = {
  'training.take-matrix': () => import('./take-matrix.ts'),
  'training.fit-logistic': () => import('./fit-logistic.ts'),
  'flow.pass-on': () => import('./pass-on.ts'),
}
