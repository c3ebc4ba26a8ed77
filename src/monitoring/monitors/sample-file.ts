import { join } from 'node:path'

/** Where the sample of the rows that a model learned from is kept. */
export const sampleFile = (folder: string, artifact: string): string => join(folder, `${artifact}.json`)
