import type { CardRun, CardSource, CardStep } from '../../../nodes/report-pages/model-card/card-source.ts'
import type { Client } from '../../contract/create-client.ts'
import type { StepInfo } from '../../contract/runs-contract.ts'
import type { Column } from '../../core/columns.ts'
import { reportOf } from '../../core/errors.ts'
import { expandPipeline } from '../../core/expand-pipeline.ts'
import { graphOf, type Graph } from '../../core/graph.ts'
import { parsePipeline } from '../../core/parse-pipeline.ts'
import type { Pipeline } from '../../core/pipeline.ts'

type Shown = Awaited<ReturnType<Client['models']['show']>>

/** Collects what is known of a registered model and the run that made it. Throws `artifact.missing`. */
export async function gatherCard(client: Client, reference: string): Promise<CardSource> {
  const shown = await client.models.show({ reference })
  const { version } = shown
  const details = await client.models.details({ artifact: version.artifact })
  return {
    registered: version,
    artifact: version.artifact,
    model: details.model,
    sizeBytes: details.sizeBytes,
    inputs: details.inputs,
    run: await runOf(client, shown, details.model.trainedOn),
  }
}

async function runOf(
  client: Client,
  { version, pipeline }: Shown,
  trainedOn: string,
): Promise<CardRun | null> {
  if (version.runId === null || !pipeline) return null
  const document = parsePipeline(pipeline.text)
  const expanded = expandPipeline({
    pipeline: document,
    given: pipeline.parameters,
    references: new Map(),
  }).pipeline
  const { steps } = await client.runs.get({ run: version.runId })
  const lineage = lineageOf(expanded, steps, version.artifact)
  return {
    id: version.runId,
    pipeline: {
      id: document.id,
      name: document.name,
      description: document.description ?? '',
      seed: document.seed,
    },
    parameters: pipeline.parameters,
    steps: await stepsOf(client, { run: version.runId, pipeline: expanded, steps, lineage }),
    columns: await columnsOf(client, trainedOn),
  }
}

interface Lineage {
  graph: Graph
  /** Ids of the nodes that the model comes from, in order. */
  leading: readonly string[]
  /** Those that looked at it. */
  looking: readonly string[]
}

/** The node that gave the model first, and what led to it; then what took one of its models. */
function lineageOf(pipeline: Pipeline, steps: readonly StepInfo[], artifact: string): Lineage {
  const graph = graphOf(pipeline)
  const gave = new Set(
    steps
      .filter(({ outputs }) => Object.values(outputs).some(({ hash }) => hash === artifact))
      .map(({ node }) => node),
  )
  const last = graph.order.find((node) => gave.has(node))
  const ancestors = last === undefined ? new Set<string>() : graph.ancestors(last)
  const leading = graph.order.filter((node) => node === last || ancestors.has(node))
  const isModel = (node: string, port: string): boolean =>
    steps.find((step) => step.node === node)?.outputs[port]?.kind === 'model'
  const looking = graph.order.filter(
    (node) =>
      !leading.includes(node) &&
      graph.into(node).some(({ from }) => leading.includes(from.node) && isModel(from.node, from.port)),
  )
  return { graph, leading, looking }
}

async function stepsOf(
  client: Client,
  options: { run: string; pipeline: Pipeline; steps: readonly StepInfo[]; lineage: Lineage },
): Promise<CardStep[]> {
  const { run, pipeline, steps, lineage } = options
  const { nodes } = await client.nodes.list()
  const told: CardStep[] = []
  for (const id of [...lineage.leading, ...lineage.looking]) {
    const step = steps.find(({ node }) => node === id)
    if (!step) continue
    const described = nodes.find((node) => node.id === step.type)
    const outputs = Object.entries(step.outputs)
    const hasReport = outputs.some(([, { kind }]) => kind === 'report')
    const tables = outputs.flatMap(([, { kind, rows }]) => (kind === 'table' ? [rows ?? null] : []))
    told.push({
      node: id,
      type: step.type,
      title: described?.title ?? step.type,
      summary: described?.summary ?? '',
      params: pipeline.nodes[id]?.params ?? {},
      leadsToModel: lineage.leading.includes(id),
      takesTable: lineage.graph
        .into(id)
        .some(
          ({ from }) => steps.find(({ node }) => node === from.node)?.outputs[from.port]?.kind === 'table',
        ),
      givesTable: tables.length > 0,
      rows: tables[0] ?? null,
      outputs: Object.fromEntries(outputs.map(([port, { hash }]) => [port, hash])),
      reports: hasReport ? Object.values((await client.runs.step({ run, node: id })).reports) : [],
    })
  }
  return told
}

/** Null where the table is not stored any more, and for a model of which no rows are known. */
async function columnsOf(client: Client, artifact: string): Promise<Column[] | null> {
  if (artifact === '') return null
  try {
    const page = { artifact, offset: 0, limit: 0, sort: null, filter: null }
    return (await client.tables.page(page)).columns
  } catch (error) {
    if (reportOf(error).code === 'artifact.missing') return null
    throw error
  }
}
