import type { AnyNodeDefinition } from '../src/node-kit/define-node.ts'
import { referenceIndex, referencePage } from '../src/node-kit/reference-page.ts'

/** The pages of `docs/nodes/`, by file name. */
export function referencePages(definitions: readonly AnyNodeDefinition[]): Map<string, string> {
  return new Map([
    ['README.md', referenceIndex(definitions)],
    ...definitions.map((definition) => [`${definition.id}.md`, referencePage(definition)] as const),
  ])
}
