import { basename } from 'node:path'

/** A fault to be put into the app: in this file, this text becomes that one. */
export interface Fault {
  name: string
  file: string
  from: string
  to: string
}

const fault = process.env['ELECTRON_FAULT'] ? (JSON.parse(process.env['ELECTRON_FAULT']) as Fault) : null

/** The source of a file, with the fault if it belongs there. */
export function mutated(path: string, source: string): string {
  if (!fault || basename(path) !== fault.file) return source
  if (!source.includes(fault.from)) throw new Error(`the fault “${fault.name}” fits nowhere in ${path}`)
  return source.replace(fault.from, () => fault.to)
}
