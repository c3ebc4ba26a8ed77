import { html, type Html } from '../../src/report-pages/html.ts'
import { showNumber, showShare, showText, showValue } from '../../src/report-pages/show-values.ts'
import type { ProfileColumn, ProfileContent } from '../validation/profile/profile-content.ts'

const shownTexts = 6

/** What is known of one column: how its values are spread, and numbers about them. */
export function profileColumn(column: ProfileColumn, { rows, suspicious }: ProfileContent): Html {
  const { name, type, role } = column
  const doubts = suspicious.filter((each) => each.column === name)
  return html`<section class="card${doubts.length > 0 ? ' doubtful' : ''}">
    <span class="kind">${type}${role === 'feature' ? '' : ` · ${role}`}</span>
    <h3 title="${showText(name, 200)}">${showText(name)}</h3>
    <span class="doubt">${doubts.map(({ kind }) => kind.replaceAll('-', ' ')).join(' · ')}</span>
    ${distribution(column)}${facts(column, rows)}
  </section> `
}

function distribution(column: ProfileColumn): Html | null {
  const { sketch, distinct, type } = column
  if (sketch.type === 'text' || type === 'boolean' || distinct <= shownTexts) return mostFrequent(column)
  if (!sketch.numbers) return null
  const { min, max, histogram } = sketch.numbers
  return html`${histogramSvg(histogram.counts)}
    <div class="ends"><span>${showValue(min, type)}</span><span>${showValue(max, type)}</span></div>`
}

function histogramSvg(counts: readonly number[]): Html {
  const most = Math.max(1, ...counts)
  const bars = counts.map((count, index) => {
    // A few among many are still to be seen.
    const height = count === 0 ? 0 : Math.max(0.8, (count / most) * 100)
    return html`<rect
      x="${index}"
      y="${(100 - height).toFixed(1)}"
      width=".92"
      height="${height.toFixed(1)}"
    />`
  })
  return html`<svg
    viewBox="0 0 ${counts.length} 100"
    preserveAspectRatio="none"
    role="img"
    aria-label="Histogram"
  >
    ${bars}
  </svg>`
}

function mostFrequent({ sketch, type }: ProfileColumn): Html | null {
  const shown = sketch.top.slice(0, shownTexts)
  const most = Math.max(1, ...shown.map(({ count }) => count))
  const rows = shown.map(
    ({ value, count }) =>
      html`<tr>
        <td style="--w:${Math.round((count / most) * 100)}%">
          ${value === '' ? '(empty)' : showValue(value, type)}
        </td>
        <td class="n">${showNumber(count)}</td>
      </tr>`,
  )
  return shown.length === 0
    ? null
    : html`<table class="tops">
        ${rows}
      </table>`
}

function facts(
  { missing, distinct, quartiles, explainsTarget, sketch, type }: ProfileColumn,
  rows: number,
): Html {
  const given: [string, string][] = [
    ['missing', rows === 0 ? '–' : showShare(missing / rows)],
    ['distinct', showNumber(distinct)],
  ]
  if (sketch.type === 'text') {
    if (sketch.lengths?.mean !== null && sketch.lengths)
      given.push(['mean length', showNumber(sketch.lengths.mean)])
    if (sketch.lengths) given.push(['longest', showNumber(sketch.lengths.max)])
  } else if (type === 'number' || type === 'integer') {
    const { mean = null, sd = null } = sketch.numbers ?? {}
    if (mean !== null) given.push(['mean', showNumber(mean)])
    if (sd !== null) given.push(['deviation', showNumber(sd)])
    if (quartiles) {
      given.push(['median', showNumber(quartiles[1])])
      given.push(['quartiles', `${showNumber(quartiles[0])} – ${showNumber(quartiles[2])}`])
    }
    if (sketch.infinite > 0) given.push(['infinite', showNumber(sketch.infinite)])
  }
  if (explainsTarget !== null) given.push(['explains target', showNumber(explainsTarget)])
  return html`<dl>
    ${given.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`
}
