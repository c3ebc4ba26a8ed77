/** A model card, before it becomes a page or a text. */
export interface Card {
  title: string
  summary: string
  sections: readonly CardSection[]
}

export interface CardSection {
  title: string
  parts: readonly CardPart[]
}

export type CardPart =
  | { kind: 'text'; text: string }
  /** What one should know before one trusts the model. */
  | { kind: 'warning'; text: string }
  | { kind: 'facts'; facts: readonly (readonly [name: string, value: string])[] }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'commands'; lines: readonly string[] }
  | CardTable
  | CardBars
  /** How often what was foretold so likely came true: a point each. */
  | {
      kind: 'calibration'
      points: readonly { predicted: number; observed: number; weight: number }[]
    }

export interface CardTable {
  kind: 'table'
  columns: readonly string[]
  /** Numbers stand to the right. */
  rows: readonly (readonly (string | { number: string })[])[]
}

export interface CardBars {
  kind: 'bars'
  name: string
  value: string
  /** The longest first. */
  bars: readonly { name: string; value: number; text: string }[]
}

export const text = (said: string): CardPart => ({ kind: 'text', text: said })
export const warning = (said: string): CardPart => ({ kind: 'warning', text: said })
