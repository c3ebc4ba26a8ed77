export type Schema = Readonly<Record<string, unknown>>

export function reference(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` }
}

export function json(schema: Schema) {
  return { 'application/json': { schema } }
}

/** Responses that say in words what is wrong. */
export function failures(schema: Schema, statuses: readonly number[]) {
  return Object.fromEntries(
    statuses.map((status) => [status, { description: meanings[status] ?? 'Refused', content: json(schema) }]),
  )
}

const meanings: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  404: 'There is no such thing here',
  422: 'A value does not fit its column',
  503: 'Busy, starting or stopping',
  504: 'It took too long',
}
