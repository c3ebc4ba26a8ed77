import type { TableData } from '../core/artifacts.ts'
import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'
import { emitRecipe } from './emit-recipe.ts'
import { featuresOf } from './features-of.ts'
import { traceRecipe } from './trace-recipe.ts'

/** The feature matrix of a table, float32 [N, features], from its start columns: what is served. */
export function emitMatrix(builder: GraphBuilder, table: TableData): Value {
  const trace = traceRecipe(table)
  const versions = featuresOf(table).columns.map(({ name }) => trace.after.get(name)!)
  return emitRecipe(builder, { trace, versions, forLearning: false }).matrix(versions, 'float32')
}
