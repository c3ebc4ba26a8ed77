import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('./command-line.ts')
