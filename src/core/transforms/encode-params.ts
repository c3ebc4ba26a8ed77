import { z } from 'zod'

const columns = z.array(z.string()).min(1)

/** Turns categories into numbers. */
export const encodeParams = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('one-hot'),
    columns,
    /** Categories with fewer rows, or a smaller share of all rows, share one column for what is rare. */
    minCount: z.int().min(1).optional(),
    minShare: z.number().min(0).max(1).optional(),
    /** At most so many columns, of which the last is the one for what is rare. */
    maxCategories: z.int().min(2).optional(),
    /** What was not seen when fitting: all zeros, or counted as rare (all zeros where nothing was rare). */
    unknown: z.enum(['ignore', 'rare']).default('rare'),
    /** A null is a category of its own where there was one when fitting, or gives all zeros. */
    nulls: z.enum(['category', 'ignore']).default('category'),
    /** Leaves out each column's first element: always, or where there are two. */
    drop: z.enum(['none', 'first', 'if-binary']).default('none'),
  }),
  z.strictObject({
    method: z.literal('ordinal'),
    columns,
    /** Categories in ascending order, for each column in turn; without, or for null, all that were seen, sorted. */
    orders: z
      .array(
        z
          .array(z.union([z.string(), z.number(), z.boolean()]))
          .min(1)
          .nullable(),
      )
      .optional(),
    /** What was not seen, or does not stand in the order. A null stays null. */
    unknown: z.enum(['null', 'minus-one']).default('minus-one'),
  }),
  /** The share of the rows that have the category; 0 for one that was not seen. */
  z.strictObject({
    method: z.literal('frequency'),
    columns,
    /** A null is a category of its own, or stays null. */
    nulls: z.enum(['category', 'ignore']).default('category'),
  }),
  /** The place of the category in their order, from 1, in binary digits; zeros for one that was not seen. */
  z.strictObject({
    method: z.literal('binary'),
    columns,
    /** A null is a category of its own where there was one when fitting, or gives all zeros. */
    nulls: z.enum(['category', 'ignore']).default('category'),
  }),
  /** Texts fall into so many elements by their hash. Nothing is learned. */
  z.strictObject({ method: z.literal('hashing'), columns, buckets: z.int().min(2).max(10_000) }),
  /** The mean of the target among the rows of the category, drawn towards that of all rows. */
  z.strictObject({
    method: z.literal('target'),
    columns,
    target: z.string(),
    /** As how many rows the mean of all rows counts. */
    smoothing: z.number().min(0).default(10),
    /** The rows that are learned from see what the other folds say. */
    folds: z.int().min(2).max(100).default(5),
    seed: z.int().default(0),
  }),
])
