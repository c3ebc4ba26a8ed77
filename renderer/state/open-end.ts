/** A port that something shall be connected to. */
export interface OpenEnd {
  node: string
  port: string
  /** Which end of the new edge it is. */
  side: 'output' | 'input'
}
