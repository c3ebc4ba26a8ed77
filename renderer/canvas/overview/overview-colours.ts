import { resolveColour } from '../../ui/read-colour.ts'

/** Of a card from far away. */
export interface CardColours {
  stripe: string
  border: string
  fill: string
}

/** The colours of `.step-shape` and of edges in the theme of now, for what draws them itself; read once each. */
export interface OverviewColours {
  card(stage: string, state: string): CardColours
  edge(type: string | null): string
  readonly accent: string
}

export function readOverviewColours(): OverviewColours {
  const read = remembered(resolveColour)
  const card = remembered((key: string): CardColours => {
    const [stage, state] = key.split(' ')
    const own = `var(--stage-${stage}, var(--ink-faint))`
    const told = state === 'failed' ? 'var(--bad)' : state === 'running' ? 'var(--accent)' : null
    return {
      stripe: read(told ?? own),
      border: read(told ?? `color-mix(in srgb, ${own} 45%, var(--paper))`),
      fill: read(`color-mix(in srgb, ${own} 14%, var(--surface))`),
    }
  })
  return {
    card: (stage, state) => card(`${stage} ${state}`),
    edge: (type) => read(`color-mix(in srgb, var(--type-${type}, var(--ink-faint)) 55%, var(--paper))`),
    accent: read('var(--accent)'),
  }
}

function remembered<Value>(read: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const value = read(key)
    known.set(key, value)
    return value
  }
}
