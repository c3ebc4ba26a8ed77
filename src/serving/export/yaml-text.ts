type Block = { readonly [key: string]: Block } | readonly Block[] | string | number | boolean

/** YAML in block style; texts are quoted as in JSON, which YAML reads alike, so that none is taken for something else. */
export function yamlText(document: Exclude<Block, string | number | boolean>): string {
  return `${linesOf(document).join('\n')}\n`
}

function linesOf(block: Block): string[] {
  if (typeof block !== 'object') return [JSON.stringify(block)]
  const entries = Array.isArray(block)
    ? block.flatMap((item: Block) => marked(linesOf(item)))
    : Object.entries(block).flatMap(([key, value]) => entryLines(key, value))
  if (entries.length > 0) return entries
  return [Array.isArray(block) ? '[]' : '{}']
}

function entryLines(key: string, value: Block): string[] {
  const lines = linesOf(value)
  const isInline = typeof value !== 'object' || Object.keys(value).length === 0
  return isInline ? [`${key}: ${lines[0]}`] : [`${key}:`].concat(lines.map((line) => `  ${line}`))
}

function marked(lines: readonly string[]): string[] {
  return lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`)
}
