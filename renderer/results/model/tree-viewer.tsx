import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ModelStructure } from '../../../src/contract/model-details.ts'
import { formatCount } from '../../ui/format-amount.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { amountText } from '../format-amounts.ts'
import { layOutTree, type PlacedNode } from './tree-layout.ts'
import { ScrollRegion } from '../../ui/scroll-region.tsx'

const [nodeWidth, nodeHeight, gapX, gapY] = [132, 40, 12, 34]
const deepest = 6

/** The trees of a model, one at a time. */
export function TreeViewer({ structure }: { structure: Extract<ModelStructure, { kind: 'trees' }> }) {
  const { trees, count, leaves } = structure
  const [shown, setShown] = useState(0)
  const tree = trees[shown] ?? []
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-2">
        <IconButton label="Tree before" disabled={shown === 0} onClick={() => setShown(shown - 1)}>
          <ChevronLeft size={16} />
        </IconButton>
        <span className="tabular">
          Tree {shown + 1} of {formatCount(count)}
        </span>
        <IconButton
          label="Next tree"
          disabled={shown >= trees.length - 1}
          onClick={() => setShown(shown + 1)}
        >
          <ChevronRight size={16} />
        </IconButton>
        <span className="text-xs text-ink-faint">
          {formatCount(leaves)} leaves in all
          {trees.length < count && `; the first ${formatCount(trees.length)} trees can be seen`}. The answer
          sums the leaves that a row falls into.
        </span>
      </div>
      <TreeDrawing tree={tree} number={shown + 1} />
    </div>
  )
}

type Tree = Extract<ModelStructure, { kind: 'trees' }>['trees'][number]

function TreeDrawing({ tree, number }: { tree: Tree; number: number }) {
  const layout = useMemo(() => layOutTree(tree, deepest), [tree])
  const width = layout.width * (nodeWidth + gapX)
  const height = layout.height * (nodeHeight + gapY)
  const largest = Math.max(...layout.nodes.map(({ node }) => Math.abs(node.value ?? 0)), Number.MIN_VALUE)
  return (
    <ScrollRegion label={`Tree ${number}`} className="max-w-full rounded-md border border-line p-3">
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`Tree ${number}, ${layout.nodes.length} nodes`}
      >
        {layout.nodes.map((placed) => placed.parent && <Branch key={placed.index} placed={placed} />)}
        {layout.nodes.map((placed) => (
          <Node key={placed.index} placed={placed} largest={largest} />
        ))}
      </svg>
      {layout.isCut && <p className="pt-2 text-xs text-ink-faint">Drawn down to {deepest} levels.</p>}
    </ScrollRegion>
  )
}

const left = ({ x }: PlacedNode): number => x * (nodeWidth + gapX)
const top = ({ y }: PlacedNode): number => y * (nodeHeight + gapY)

function Branch({ placed }: { placed: PlacedNode }) {
  const parent = placed.parent!
  const [x1, y1] = [left(parent) + nodeWidth / 2, top(parent) + nodeHeight]
  const [x2, y2] = [left(placed) + nodeWidth / 2, top(placed)]
  const middle = (y1 + y2) / 2
  return (
    <g>
      <path
        d={`M${x1},${y1} C${x1},${middle} ${x2},${middle} ${x2},${y2}`}
        className="fill-none stroke-line-strong"
      />
      <text x={(x1 + x2) / 2} y={middle - 2} textAnchor="middle" className="fill-ink-faint text-2xs">
        {placed.side === 'yes' ? 'yes' : 'no'}
      </text>
    </g>
  )
}

function Node({ placed, largest }: { placed: PlacedNode; largest: number }) {
  const { node } = placed
  const isLeaf = node.value !== null
  const share = Math.round((Math.abs(node.value ?? 0) / largest) * 40)
  const fill = isLeaf
    ? `color-mix(in srgb, var(${node.value! < 0 ? '--stage-serving' : '--stage-training'}) ${share}%, var(--raised))`
    : 'var(--surface)'
  const text = isLeaf ? signed(node.value!) : (node.feature ?? '…')
  return (
    <g transform={`translate(${left(placed)}, ${top(placed)})`}>
      <title>{isLeaf ? `adds ${node.value}` : testText(placed)}</title>
      <rect width={nodeWidth} height={nodeHeight} rx="6" style={{ fill }} className="stroke-line-strong" />
      <text
        x={nodeWidth / 2}
        y={isLeaf ? 25 : 17}
        textAnchor="middle"
        className="fill-ink text-xs font-medium"
      >
        {shortened(text)}
      </text>
      {!isLeaf && (
        <text x={nodeWidth / 2} y="32" textAnchor="middle" className="fill-ink-soft text-2xs">
          {conditionText(node)}
        </text>
      )}
    </g>
  )
}

const signed = (value: number): string => (value < 0 ? `−${amountText(-value)}` : `+${amountText(value)}`)
const shortened = (text: string): string => (text.length > 19 ? `${text.slice(0, 18)}…` : text)

function conditionText({ threshold, isEqual, missing }: PlacedNode['node']): string {
  const test = `${isEqual ? '=' : '≤'} ${threshold === null ? '' : amountText(threshold)}`
  return `${test}${missing === 'yes' ? ' or missing' : ''}`
}

const testText = ({ node }: PlacedNode): string =>
  `${node.feature} ${conditionText(node)}; rows without a value go to “${node.missing}”`
