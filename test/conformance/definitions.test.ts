import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { upgradeNode } from '../../src/checks/upgrade-node.ts'
import type { ErrorEntry } from '../../src/core/errors.ts'
import type { AnyNodeDefinition, Ports } from '../../src/node-kit/define-node.ts'
import { nodeDefinitions } from '../../nodes/definitions.ts'

const fixtures = resolve(import.meta.dirname, '../fixtures/node-params')
const sentence = /^[A-ZÀ-Ü“{].*[.:!?]$/s

describe.each(nodeDefinitions.map((definition) => [definition.id, definition] as const))(
  '%s',
  (_, definition) => {
    it('says everything in whole sentences', () => {
      const texts = [
        definition.summary,
        ...definition.description.split('\n\n'),
        ...portsOf(definition).flatMap(({ description }) => description ?? []),
        ...failuresOf(definition).map(({ remedy }) => remedy),
      ]
      expect(texts.filter((text) => !sentence.test(text))).toEqual([])
      const titles = [definition.title, ...portsOf(definition).map(({ title }) => title)]
      expect(titles.filter((title) => !/^[A-Z][^.]+$/.test(title))).toEqual([])
      const messages = failuresOf(definition).map(({ message }) => message)
      expect(messages.filter((message) => !/[.}]$/.test(message))).toEqual([])
    })

    it('can be found by words that stand nowhere else', () => {
      const keywords = definition.keywords
      expect(keywords.length).toBeGreaterThan(3)
      expect(new Set(keywords).size).toBe(keywords.length)
    })

    it('explains every parameter, and has a default, or a meaning of its absence, for all but required ones', () => {
      const { shape } = definition.params as z.ZodObject
      const unexplained = (Object.entries(shape) as [string, z.ZodType][]).filter(([, schema]) => {
        const { title = '', description = '' } = schema.meta() ?? {}
        const absent = schema.safeParse(undefined)
        const hasDefault = !absent.success || absent.data !== undefined
        const saysAbsence = / (when|where) (left empty|not given)/.test(description)
        return !/^[A-Z“]/.test(title) || !sentence.test(description) || !(hasDefault || saysAbsence)
      })
      expect(unexplained.map(([name]) => name)).toEqual([])
    })

    it('has parameters that can be sent as JSON Schema', () => {
      for (const io of ['input', 'output'] as const) {
        const schema = z.toJSONSchema(definition.params as z.ZodType, { io })
        expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
      }
    })

    it('has examples with parameters that stay the same when their defaults are filled in twice', () => {
      const examples = definition.examples
      const once = examples.map(({ params }) => (definition.params as z.ZodObject).parse(params))
      const twice = once.map((params) =>
        (definition.params as z.ZodObject).parse(JSON.parse(JSON.stringify(params))),
      )
      expect(twice).toEqual(once)
      expect(examples.map(({ title }) => title).filter((title) => !/^[A-Z][^.]+$/.test(title))).toEqual([])
    })

    it('opens the parameters of each of its versions', () => {
      for (let version = 1; version <= definition.version; version++) {
        const file = join(fixtures, `${definition.id}.v${version}.json`)
        for (const params of JSON.parse(readFileSync(file, 'utf8')) as Record<string, never>[]) {
          const upgraded = upgradeNode({ type: definition.id, version, params }, definition)
          expect((definition.params as z.ZodObject).safeParse(upgraded!.params).error).toBeUndefined()
        }
      }
    })
  },
)

const portsOf = ({ inputs, outputs }: AnyNodeDefinition) => [
  ...Object.values(inputs as Ports),
  ...Object.values(outputs as Ports),
]

const failuresOf = ({ failures }: AnyNodeDefinition) =>
  Object.values(failures as Readonly<Record<string, ErrorEntry>>)
