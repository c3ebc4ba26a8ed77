import { formatPipeline } from '../../src/core/format-pipeline.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import type { Tab } from './tab.ts'

const texts = new WeakMap<Pipeline, string>()

/** The text that saving would write. */
export function textOf(document: Pipeline): string {
  const known = texts.get(document)
  if (known !== undefined) return known
  const text = formatPipeline(document)
  texts.set(document, text)
  return text
}

/** Whether a tab holds what its file does not. */
export const isUnsaved = (tab: Tab): boolean => tab.savedText !== textOf(tab.document)
