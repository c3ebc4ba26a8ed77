import type { Artifact } from '../core/artifacts.ts'
import { PipewrightError } from '../core/errors.ts'
import type { AnyNodeDefinition, NodeDefinition, PropagationContext, RunOf } from './define-node.ts'
import type { RunContext } from './run-context.ts'
import { shapeOfArtifact } from './shape-of-artifact.ts'

type Inputs = Readonly<Record<string, Artifact | readonly Artifact[] | undefined>>

/**
 * The work of a node, after its definition has seen the true inputs: what a check before the run could not know (a
 * file that was not there yet) is refused here, in the same words.
 */
export function defineRun<Definition extends AnyNodeDefinition>(
  definition: Definition,
  work: RunOf<Definition>,
): RunOf<Definition> {
  const run = async (inputs: Inputs, params: unknown, context: RunContext): Promise<unknown> => {
    context.signal.throwIfAborted()
    refuseFindings(definition, { inputs, params, node: context.node })
    return (work as (...rest: unknown[]) => Promise<unknown>)(inputs, params, context)
  }
  return run as RunOf<Definition>
}

function refuseFindings(
  definition: NodeDefinition,
  { inputs, params, node }: { inputs: Inputs; params: unknown; node: string },
): void {
  if (definition.effect === 'source') return
  const shapes = Object.entries(inputs).map(([port, input]) => [port, input && shapeOfInput(input)] as const)
  const context = {
    inputs: Object.fromEntries(shapes),
    params,
    node,
    feeds: {},
    freeNodeId: (wish: string) => wish,
    probed: null,
  } as unknown as PropagationContext<NodeDefinition['inputs'], Record<string, unknown>>
  const finding = definition.propagate(context).findings?.find(({ severity }) => severity === 'error')
  if (!finding) return
  const { code, message, remedy, param, port } = finding
  throw new PipewrightError({
    code: `check.${code}`,
    kind: 'user',
    message,
    remedy,
    values: {},
    at: { node, ...(param !== undefined && { param }), ...(port !== undefined && { port }) },
  })
}

const shapeOfInput = (input: Artifact | readonly Artifact[]) =>
  'kind' in input ? shapeOfArtifact(input) : input.map(shapeOfArtifact)
