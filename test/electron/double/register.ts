import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { mutated } from './mutate.ts'

const double = new URL('electron.ts', import.meta.url).href
const app = new URL('../../../electron/', import.meta.url).href
const window = process.env['ELECTRON_WINDOW']!

/** `electron` is the double; the app's own sources get the fault, and the window of the tests. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: double, shortCircuit: true } : next(specifier, context),
  load(url, context, next) {
    const loaded = next(url, context)
    const change = (how: (source: string) => string) => ({
      ...loaded,
      source: how(Buffer.from(loaded.source as Uint8Array).toString('utf8')),
    })
    if (/\/src\/hosts\/built-in-composition\.[jt]s$/.test(url))
      return change((source) =>
        source.replace(/'..\/..\/(dist\/)?renderer'/g, () => `'${pathToFileURL(window).href}'`),
      )
    const isFaulty = url.startsWith(app) || url.endsWith('/security-headers.ts')
    return isFaulty ? change((source) => mutated(fileURLToPath(url), source)) : loaded
  },
})
