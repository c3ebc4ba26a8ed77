/** What a secret may be called. */
export const secretName = /^[a-z][a-z0-9_-]{0,62}$/

const reference = new RegExp(`^secret:(${secretName.source.slice(1, -1)})$`)

/** Of a parameter that is nothing but the reference to a secret, `secret:warehouse`: its name. Null for any other text. */
export function secretNamed(text: string): string | null {
  return reference.exec(text)?.[1] ?? null
}

/** Where a secret can be given from outside: an environment variable. */
export function secretVariable(name: string): string {
  return `${secretVariablePrefix}${name.toUpperCase().replaceAll('-', '_')}`
}

export const secretVariablePrefix = 'PIPEWRIGHT_SECRET_'
