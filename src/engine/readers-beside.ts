import type { RunStep } from './run-steps.ts'

/**
 * For each sink, the steps that read what it reads and do not need it. A sink waits for their end, and does not run
 * where one of them failed: so a model is registered with the metrics of the evaluation beside it, or not at all.
 */
export function readersBeside(steps: readonly RunStep[]): ReadonlyMap<string, readonly string[]> {
  const sinks = steps.filter((step) => isSink(step) && !tellsOfFailures(step))
  const computations = steps.filter((step) => !isSink(step))
  return new Map(
    sinks.map((sink) => {
      const read = new Set(outputsReadBy(sink))
      const dependent = dependentsOf(sink.node, steps)
      const beside = computations.filter(
        (step) => !dependent.has(step.node) && outputsReadBy(step).some((output) => read.has(output)),
      )
      return [sink.node, beside.map(({ node }) => node)]
    }),
  )
}

const tellsOfFailures = ({ inputs }: RunStep): boolean =>
  Object.values(inputs).some(({ acceptsFailure }) => acceptsFailure)

const isSink = ({ definition }: RunStep): boolean => definition.effect === 'sink'

function outputsReadBy({ inputs }: RunStep): string[] {
  return Object.values(inputs).flatMap(({ from }) => from.map(({ node, port }) => `${node}.${port}`))
}

/** Steps come inputs first, so one pass finds all that follows. */
function dependentsOf(node: string, steps: readonly RunStep[]): Set<string> {
  const found = new Set([node])
  for (const step of steps) if (step.needs.some((need) => found.has(need))) found.add(step.node)
  return found
}
