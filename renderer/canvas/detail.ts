import { createContext } from 'react'

/** How much of a card can be read at a zoom: plain shapes, cards, or cards with numbers on the edges. */
export type Detail = 'shapes' | 'cards' | 'numbers'

export function detailAt(zoom: number): Detail {
  if (zoom < 0.4) return 'shapes'
  return zoom < 0.6 ? 'cards' : 'numbers'
}

/** One for the whole canvas: a thousand cards that each followed the zoom would be felt. */
export const DetailContext = createContext<Detail>('numbers')
