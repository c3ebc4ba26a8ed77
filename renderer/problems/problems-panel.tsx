import { ChevronRight, CircleAlert, CircleCheck, TriangleAlert, Wrench, X } from 'lucide-react'
import { Fragment, useMemo, useState } from 'react'
import type { Finding } from '../../src/core/finding.ts'
import { titleOf } from '../canvas/edits/title-of.ts'
import { activeTabOf } from '../state/active.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { groupFindings } from './group-findings.ts'

const none: readonly Finding[] = []

/** Every finding of the check, live: a click goes where it is, a fix is one step of undo. */
export function ProblemsPanel() {
  const store = useAppStore()
  const findings = useStore((state) => activeTabOf(state)?.description?.findings ?? none)
  const groups = useMemo(() => groupFindings(findings), [findings])
  return (
    <section aria-label="Problems" className="flex h-full min-h-0 flex-col bg-surface">
      <header className="flex h-9 shrink-0 items-center justify-between border-b border-line pr-1 pl-3">
        <h2 className="text-sm font-semibold">Problems</h2>
        <IconButton
          label="Close the problems"
          onClick={() => store.getState().togglePanel('problems', false)}
        >
          <X size={15} aria-hidden />
        </IconButton>
      </header>
      {groups.length === 0 ? (
        <EmptyState icon={<CircleCheck size={22} />} title="No problems">
          The pipeline can run.
        </EmptyState>
      ) : (
        <ul className="min-h-0 flex-1 overflow-y-auto p-1">
          {groups.map(({ node, findings: [first, ...others] }) => (
            <Fragment key={node ?? keyOf(first!)}>
              <Problem finding={first!} />
              <OtherProblems findings={others} />
            </Fragment>
          ))}
        </ul>
      )}
    </section>
  )
}

const keyOf = ({ code, edge, message }: Finding): string => `${code} ${edge} ${message}`

/** What else was found at the same node: folded where it is much, as it mostly goes with the first. */
function OtherProblems({ findings }: { findings: readonly Finding[] }) {
  const [isOpen, setOpen] = useState(false)
  const isFoldable = findings.length > 1
  return (
    <>
      {isFoldable && (
        <li className="pl-7">
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="flex h-7 items-center gap-1 rounded-md pr-2 text-xs text-ink-soft hover:text-ink"
          >
            <ChevronRight
              size={13}
              aria-hidden
              className={classNames('transition-transform', isOpen && 'rotate-90')}
            />
            {findings.length} more there
          </button>
        </li>
      )}
      {(isOpen || !isFoldable) && findings.map((finding, index) => <Problem key={index} finding={finding} />)}
    </>
  )
}

/** The node that is seen for one that may stand in a sub-pipeline. */
const nodeHere = (node: string): string => node.split('/')[0]!

function Problem({ finding }: { finding: Finding }) {
  const store = useAppStore()
  const { severity, at, message, remedy, fix } = finding
  const place = useStore((state) => {
    const node = at && activeTabOf(state)?.document.nodes[nodeHere(at.node)]
    return node ? titleOf(node, state.definitions) : null
  })
  const go = (): void => {
    const state = store.getState()
    const node = at && nodeHere(at.node)
    if (node === undefined || !activeTabOf(state)?.document.nodes[node]) return
    state.select({ nodes: [node] })
    state.canvas?.reveal([node])
  }
  const Icon = severity === 'error' ? CircleAlert : TriangleAlert
  return (
    <li className="flex items-start gap-2 rounded-md px-2 py-1.5 hover:bg-hover">
      <Icon
        size={15}
        className={`mt-0.5 shrink-0 ${severity === 'error' ? 'text-bad' : 'text-warn'}`}
        aria-label={severity === 'error' ? 'Error' : 'Warning'}
      />
      <button type="button" className="min-w-0 flex-1 text-left" onClick={go}>
        {place && <span className="mr-1.5 text-xs font-medium text-ink-faint">{place}</span>}
        <span>{message}</span> <span className="text-ink-soft">{remedy}</span>
      </button>
      {fix && (
        <Button
          icon={<Wrench size={13} aria-hidden />}
          className="h-7"
          onClick={() => store.getState().applyEdits(fix.title, fix.edits)}
        >
          {fix.title}
        </Button>
      )}
    </li>
  )
}
