import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeDefinitions } from '../../../nodes/definitions.ts'
import { referencePages } from '../../../nodes/reference-pages.ts'

const folder = resolve(import.meta.dirname, '../../../docs/nodes')

describe('the node reference', () => {
  it('says what the definitions say (else run nodes/write-reference.ts)', () => {
    const pages = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)
    expect(Object.fromEntries(pages)).toEqual(Object.fromEntries(referencePages(nodeDefinitions)))
  })
})
