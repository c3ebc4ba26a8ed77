import { Flag, Funnel } from 'lucide-react'
import { activeTabOf } from '../../state/active.ts'
import { useAppStore } from '../../state/store.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import type { ShownTable } from '../shown-table.ts'
import { sendEdits } from './send-edits.ts'

interface SendDownstreamProps {
  table: ShownTable
  /** Null while nothing is selected. */
  condition: string | null
}

/** Makes a node out of a condition, behind the table that it was found in. */
export function SendDownstream({ table: { from }, condition }: SendDownstreamProps) {
  const store = useAppStore()
  if (from === null) return null
  const send = (as: 'filter' | 'flag'): void => {
    const state = store.getState()
    const document = activeTabOf(state)?.document
    if (!document || condition === null) return
    const sent = sendEdits({ document, definitions: state.definitions, from, as, condition })
    if (!sent) return
    const title = as === 'filter' ? 'Filter by a selection' : 'Flag a selection'
    if (!state.applyEdits(title, sent.edits)) return
    state.select({ nodes: [sent.id] })
    state.tell({ tone: 'good', message: as === 'filter' ? 'A filter was added.' : 'A column was added.' })
  }
  return (
    <>
      <IconButton
        label="Add a filter with this condition"
        disabled={condition === null}
        onClick={() => send('filter')}
      >
        <Funnel size={15} />
      </IconButton>
      <IconButton
        label="Add a column that flags these rows"
        disabled={condition === null}
        onClick={() => send('flag')}
      >
        <Flag size={15} />
      </IconButton>
    </>
  )
}
