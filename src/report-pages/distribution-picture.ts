import type { ColumnType } from '../core/columns.ts'
import type { ComparedColumn } from '../core/drift-content.ts'
import { html, type Html } from './html.ts'
import { showShare, showText, showValue } from './show-values.ts'

const mostValues = 8
const height = 100

/** The distributions of a column in both samples over each other: of numbers as outlines, of values as pairs of bars. */
export function distributionPicture(
  { edges, values, reference, current }: NonNullable<ComparedColumn['distribution']>,
  type: ColumnType,
): Html {
  if (!edges) return valueBars({ values: values ?? [], reference, current, type })
  const most = Math.max(...reference, ...current)
  return html`<svg
      viewBox="0 0 ${reference.length} ${height}"
      preserveAspectRatio="none"
      role="img"
      aria-label="Distributions"
    >
      <path class="before" d="${outline(reference, most)}" />
      <path class="now" d="${outline(current, most)}" />
    </svg>
    <div class="ends">
      <span>below ${showValue(edges[0] ?? 0, type)}</span>
      <span>from ${showValue(edges.at(-1) ?? 0, type)}</span>
    </div>`
}

/** Steps from bin to bin, closed at the bottom. */
function outline(shares: readonly number[], most: number): string {
  const tops = shares.map((share) => Math.round(height - (share / most) * (height - 2)))
  return `M0 ${height}${tops.map((top) => `V${top}h1`).join('')}V${height}Z`
}

function valueBars(given: {
  values: readonly (string | number)[]
  reference: readonly number[]
  current: readonly number[]
  type: ColumnType
}): Html {
  const { values, reference, current, type } = given
  const most = Math.max(...reference, ...current)
  const width = (share: number): number => Math.round((share / most) * 100)
  const rows = values.slice(0, mostValues).map((value, place) => {
    const [before, now] = [reference[place]!, current[place]!]
    return html`<tr>
      <td>${typeof value === 'string' ? showText(value, 24) : showValue(value, type)}</td>
      <td class="two">
        <i class="before" style="width:${width(before)}%"></i><i class="now" style="width:${width(now)}%"></i>
      </td>
      <td class="n">${showShare(before)}</td>
      <td class="n">${showShare(now)}</td>
    </tr>`
  })
  const more = reference.length - rows.length
  return html`<table class="values">
      ${rows}
    </table>
    ${more > 0 ? html`<p class="soft">and others</p>` : null}`
}
