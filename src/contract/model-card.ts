import { z } from 'zod'

const table = z.strictObject({
  kind: z.literal('table'),
  columns: z.array(z.string()).readonly(),
  /** Numbers stand to the right. */
  rows: z.array(z.array(z.union([z.string(), z.strictObject({ number: z.string() })])).readonly()).readonly(),
})

const part = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  /** What one should know before one trusts the model. */
  z.strictObject({ kind: z.literal('warning'), text: z.string() }),
  z.strictObject({
    kind: z.literal('facts'),
    facts: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
  }),
  z.strictObject({ kind: z.literal('list'), items: z.array(z.string()).readonly() }),
  z.strictObject({ kind: z.literal('commands'), lines: z.array(z.string()).readonly() }),
  table,
  z.strictObject({
    kind: z.literal('bars'),
    name: z.string(),
    value: z.string(),
    /** The longest first. */
    bars: z.array(z.strictObject({ name: z.string(), value: z.number(), text: z.string() })).readonly(),
  }),
  /** How often what was foretold so likely came true: a point each. */
  z.strictObject({
    kind: z.literal('calibration'),
    points: z
      .array(z.strictObject({ predicted: z.number(), observed: z.number(), weight: z.number() }))
      .readonly(),
  }),
])
export type ModelCardPart = z.infer<typeof part>

/** What a registered model is, where it comes from, how good it is, and where it may fail. */
export const modelCardSchema = z.strictObject({
  card: z.strictObject({
    title: z.string(),
    summary: z.string(),
    sections: z.array(z.strictObject({ title: z.string(), parts: z.array(part).readonly() })).readonly(),
  }),
  /** The same as a text. */
  markdown: z.string(),
  /** The same as a page that stands by itself. */
  html: z.string(),
})
export type ModelCard = z.infer<typeof modelCardSchema>
