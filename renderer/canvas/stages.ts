import type { NodeDescription } from '../../src/contract/nodes-contract.ts'

type Stage = NodeDescription['stage']

const titles: Readonly<Record<Stage, string>> = {
  ingestion: 'Data in',
  validation: 'Checks',
  features: 'Features',
  training: 'Training',
  serving: 'Serving',
  monitoring: 'Monitoring',
  flow: 'Flow',
}

export interface StageGroup {
  stage: Stage
  title: string
  nodes: readonly NodeDescription[]
}

/** Node types in the order of the work, each stage under its name; stages without any are left out. */
export function byStage(nodes: readonly NodeDescription[]): StageGroup[] {
  const groups = Map.groupBy(nodes, ({ stage }) => stage)
  return (Object.keys(titles) as Stage[])
    .filter((stage) => groups.has(stage))
    .map((stage) => ({
      stage,
      title: titles[stage],
      nodes: groups.get(stage)!.toSorted((a, b) => a.title.localeCompare(b.title)),
    }))
}
