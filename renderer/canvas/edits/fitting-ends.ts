import type { Pipeline } from '../../../src/core/pipeline.ts'
import type { OpenEnd } from '../../state/open-end.ts'
import { connectionOf, refusalOf } from './connect.ts'
import { descriptionOf } from './description-of.ts'
import { titleOf, type Definitions } from './title-of.ts'

/** A port of a node that is there, to connect an open end with. */
export interface FittingEnd {
  node: string
  port: string
  title: string
  /** Of the port. */
  portTitle: string
}

/** Every port of the pipeline that an open end can be connected with, in the order of the file. */
export function fittingEnds(
  document: Pipeline,
  { end, definitions }: { end: OpenEnd; definitions: Definitions },
): FittingEnd[] {
  const side = end.side === 'output' ? 'inputs' : 'outputs'
  return Object.entries(document.nodes).flatMap(([node, own]) =>
    Object.entries(descriptionOf(document, node, definitions)?.[side] ?? {})
      .filter(
        ([port]) =>
          refusalOf({ document, definitions, connection: connectionOf(end, { node, port }) }) === null,
      )
      .map(([port, { title }]) => ({ node, port, title: titleOf(own, definitions), portTitle: title })),
  )
}
