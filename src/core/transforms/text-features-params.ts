import { z } from 'zod'

/** Which terms a text has: a vector with an element for each that the rows have often enough. */
export const textFeaturesParams = z.strictObject({
  columns: z.array(z.string()).min(1),
  /** Words that follow on each other: the fewest and the most that make a term. */
  words: z.tuple([z.int().min(1).max(3), z.int().min(1).max(3)]),
  weights: z.enum(['tf-idf', 'count', 'presence']),
  maximumTerms: z.int().min(1).max(100_000),
  /** A term needs at least so many rows. */
  minimumRows: z.int().min(1),
  /** Makes A to Z small. */
  lowerCase: z.boolean().default(true),
})
