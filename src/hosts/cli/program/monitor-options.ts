import type { ListOptions } from './options.ts'

export interface MonitorOptions extends ListOptions {
  spec?: string
  reset: boolean
  report?: string
}
