import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { SearchProposalData } from '../../src/contract/search-proposal.ts'
import { formatPipeline } from '../../src/core/format-pipeline.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { amountText } from '../results/format-amounts.ts'
import { useStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { NameList } from './fields/name-list.tsx'
import type { SelectedNode } from './selected-node.ts'

/** Adds a parameter of a node in the sub-pipeline to the search space, with a range that suits it. */
export function VaryParameter({ selected: { id, node, document } }: { selected: SelectedNode }) {
  const [isOpen, setOpen] = useState(false)
  const client = useClient()
  const applyEdits = useStore((state) => state.applyEdits)
  const text = formatPipeline(document)
  const { data } = useQuery(isOpen ? `${id} ${text}` : null, (signal) =>
    client.pipelines.proposeSearchSpace({ text, node: id }, { signal }),
  )
  const varied = variedParameters(node.params['space'])
  const open = (data?.proposals ?? []).filter(({ parameter }) => !varied.has(parameter))
  const named = new Map(open.map((proposal) => [`${proposal.title} (${proposal.node})`, proposal]))
  return (
    <Popover
      label="Vary a parameter of a node"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button icon={<SlidersHorizontal size={14} />} className="-mt-2 self-start">
          Vary a parameter of a node
        </Button>
      }
    >
      <NameList
        label="Parameters of the sub-pipeline"
        names={[...named].map(([name, { range }]) => ({ name, detail: rangeText(range) }))}
        takesAny={false}
        isChosen={() => false}
        onChoose={(name) => {
          const { title, edits } = named.get(name)!
          setOpen(false)
          applyEdits(`Vary “${title}”`, [...edits])
        }}
      />
    </Popover>
  )
}

function variedParameters(space: unknown): ReadonlySet<unknown> {
  const dimensions = Array.isArray(space) ? (space as { parameter?: unknown }[]) : []
  return new Set(dimensions.map((each) => each?.parameter))
}

function rangeText(range: SearchProposalData['range']): string {
  if (range.type === 'choice') return `${range.values.length} values`
  return `${amountText(range.low)} to ${amountText(range.high)}${range.scale === 'log' ? ', log' : ''}`
}
