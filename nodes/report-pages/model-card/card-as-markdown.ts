import type { Card, CardPart, CardTable } from './card-parts.ts'
import { showNumber, showShare } from '../../../src/report-pages/show-values.ts'

/** A model card as a text in Markdown (CommonMark with tables). */
export function cardAsMarkdown({ title, summary, sections }: Card): string {
  const written = sections.flatMap((section) => [
    `## ${plain(section.title)}`,
    ...section.parts.map(markdownOf),
  ])
  return `${[`# ${plain(title)}`, plain(summary), ...written].join('\n\n')}\n`
}

function markdownOf(part: CardPart): string {
  switch (part.kind) {
    case 'text':
      return plain(part.text)
    case 'warning':
      return `> **Mind:** ${plain(part.text)}`
    case 'facts':
      return tableOf({ kind: 'table', columns: ['', ''], rows: part.facts })
    case 'list':
      return part.items.map((item, index) => `${index + 1}. ${plain(item)}`).join('\n')
    case 'commands':
      return ['```sh', ...part.lines, '```'].join('\n')
    case 'table':
      return tableOf(part)
    case 'bars':
      return tableOf({
        kind: 'table',
        columns: [part.name, part.value],
        rows: part.bars.map(({ name, text }) => [name, { number: text }]),
      })
    case 'calibration':
      return tableOf({
        kind: 'table',
        columns: ['foretold', 'came true', 'rows'],
        rows: part.points.map(({ predicted, observed, weight }) =>
          [showShare(predicted), showShare(observed), showNumber(weight)].map((number) => ({ number })),
        ),
      })
  }
}

function tableOf({ columns, rows }: CardTable): string {
  const [first = []] = rows
  const lines = [
    columns.map(plain),
    columns.map((_, index) => (typeof first[index] === 'object' ? '---:' : '---')),
    ...rows.map((row) => row.map((cell) => plain(typeof cell === 'string' ? cell : cell.number))),
  ]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Texts of the data must not become markup. */
function plain(given: string): string {
  return given.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>|#~&]/g, String.raw`\$&`)
}
