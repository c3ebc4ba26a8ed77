import type { ListOptions } from './options.ts'

export type ScheduleOptions = ListOptions
export interface SwitchOptions extends ListOptions {
  trust: boolean
}
export interface JobOptions extends ListOptions {
  by?: string
  note: string
}
