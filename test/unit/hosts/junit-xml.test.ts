import { Readable } from 'node:stream'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TestCase } from '../../../src/contract/test-case.ts'
import { junitXml } from '../../../src/hosts/cli/testing/junit-xml.ts'
import { scanXml, type XmlTag, type XmlVisitor } from '../../../src/tables/excel/scan-xml.ts'

const passed: TestCase = { suite: 'checks', name: 'a', outcome: 'passed', message: null, durationMs: 1500 }

interface Read {
  element: string
  tag: XmlTag
}

async function elementsOf(xml: string): Promise<Read[]> {
  const read: Read[] = []
  const visitor: XmlVisitor = {
    open: (element, tag) => void read.push({ element, tag }),
    close: () => {},
    text: () => {},
  }
  for await (const _ of scanXml(Readable.from([Buffer.from(xml)]), visitor)) continue
  return read
}

describe('results as JUnit XML', () => {
  it('counts by suite what passed, failed and was skipped', async () => {
    const cases: TestCase[] = [
      passed,
      { ...passed, name: 'b', outcome: 'failed', message: 'It is 0.7.', durationMs: null },
      { ...passed, suite: 'endpoint', name: 'c', outcome: 'skipped', message: 'No rows.' },
      { ...passed, suite: 'endpoint', name: 'd', outcome: 'warning', message: 'It is 3.' },
    ]
    const read = await elementsOf(junitXml('churn', cases))
    const counts = read.filter(({ element }) => element.startsWith('testsuite'))
    expect(
      counts.map(({ tag }) => ['name', 'tests', 'failures', 'skipped'].map((name) => tag.get(name))),
    ).toEqual([
      ['churn', '4', '1', '1'],
      ['checks', '2', '1', '0'],
      ['endpoint', '2', '0', '1'],
    ])
    expect(read.find(({ element }) => element === 'failure')!.tag.get('message')).toBe('It is 0.7.')
    expect(read.filter(({ element }) => element === 'testcase')).toHaveLength(4)
  })

  it('is well-formed whatever a test is called and says', async () => {
    const text = fc.string({
      unit: fc.oneof(fc.string(), fc.constantFrom('<', '&', '"', "'", ']]>', '\n', '\0', '\uFFFF', '\uD800')),
    })
    await fc.assert(
      fc.asyncProperty(text, text, async (name, message) => {
        const read = await elementsOf(junitXml(name, [{ ...passed, name, outcome: 'failed', message }]))
        const shown = (given: string) =>
          given
            .toWellFormed()
            .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, (c) => ('\n\t\r'.includes(c) ? c : '\uFFFD'))
        expect(read.find(({ element }) => element === 'testcase')!.tag.get('name')).toBe(shown(name))
        expect(read.find(({ element }) => element === 'failure')!.tag.get('message')).toBe(shown(message))
      }),
      { numRuns: 200 },
    )
  })
})
