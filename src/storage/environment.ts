/** Aliases that are moved by promotions alone, so that it is known who put a version forward, and why. */
export type Environment = 'staging' | 'production'

export const isEnvironment = (alias: string): alias is Environment =>
  alias === 'staging' || alias === 'production'
