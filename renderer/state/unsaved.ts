import { formatPipeline } from '../../src/core/format-pipeline.ts'
import type { Tab } from './tab.ts'

/** Whether a tab holds what its file does not. */
export const isUnsaved = (tab: Tab): boolean => tab.savedText !== formatPipeline(tab.document)
