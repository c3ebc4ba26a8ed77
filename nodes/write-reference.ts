import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { nodeDefinitions } from './definitions.ts'
import { referencePages } from './reference-pages.ts'

// Run as a program: writes docs/nodes/ anew.
const folder = resolve(import.meta.dirname, '../docs/nodes')
const pages = referencePages(nodeDefinitions)
mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name))
for (const [name, text] of pages) writeFileSync(join(folder, name), text)
