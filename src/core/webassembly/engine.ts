/** Memory that threads share; its buffer never moves. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer
}

/** Memory of one thread, to which bytes are copied several times as fast. */
export interface OwnMemory {
  readonly buffer: ArrayBuffer
}

/** A compiled module: threads are given it as it is. */
export type WasmModule = Readonly<Record<'compiled by WebAssembly', never>>

type Exports = Readonly<Record<string, unknown>>

// Neither the types of Node nor those of the language declare it.
const { WebAssembly: engine } = globalThis as unknown as {
  WebAssembly: {
    Memory: {
      new (limits: { initial: number; maximum: number; shared: true }): WasmMemory
      new (limits: { initial: number; maximum: number }): OwnMemory
    }
    Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule
    Instance: new (module: WasmModule, imports: object) => { exports: Exports }
  }
}

export const bytesPerPage = 65_536
/** 4 GB. */
export const mostPages = 65_536

export const sharedMemory = (pages: number): WasmMemory =>
  new engine.Memory({ initial: pages, maximum: mostPages, shared: true })

export const ownMemory = (pages: number): OwnMemory => new engine.Memory({ initial: pages, maximum: pages })

export const compile = (bytes: Uint8Array<ArrayBuffer>): WasmModule => new engine.Module(bytes)

/** The functions of a module made by `encodeModule`. */
export function instantiate(module: WasmModule, memory: WasmMemory | OwnMemory): Exports {
  return new engine.Instance(module, { memory: { given: memory } }).exports
}
