import type { TestCase } from '../../../contract/test-case.ts'

/**
 * Test cases as the XML that continuous integration reads: the form that JUnit's Ant task began (`testsuites`,
 * `testsuite`, `testcase`, `failure`, `skipped`); a warning is a passed case with a line of output.
 */
export function junitXml(name: string, cases: readonly TestCase[]): string {
  const suites = Map.groupBy(cases, ({ suite }) => suite)
  const head = `<testsuites ${attributes({ name, ...countsOf(cases) })}>`
  const lines = [...suites].flatMap(([suite, own]) => suiteLines(suite, own))
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...lines, '</testsuites>', ''].join('\n')
}

function suiteLines(suite: string, cases: readonly TestCase[]): string[] {
  const head = `  <testsuite ${attributes({ name: suite, ...countsOf(cases) })}>`
  return [head, ...cases.flatMap(caseLines), '  </testsuite>']
}

function caseLines({ suite, name, outcome, message, durationMs }: TestCase): string[] {
  const head = `    <testcase ${attributes({ classname: suite, name, time: seconds(durationMs ?? 0) })}`
  const text = message ?? ''
  switch (outcome) {
    case 'passed':
      return [`${head} />`]
    case 'failed':
      return [`${head}>`, `      <failure ${attributes({ message: text })} />`, '    </testcase>']
    case 'warning':
      return [`${head}>`, `      <system-out>Warning: ${escaped(text)}</system-out>`, '    </testcase>']
    case 'skipped':
      return [`${head}>`, `      <skipped ${attributes({ message: text })} />`, '    </testcase>']
  }
}

function countsOf(cases: readonly TestCase[]) {
  const having = (outcome: TestCase['outcome']): number =>
    cases.filter((each) => each.outcome === outcome).length
  const durationMs = cases.reduce((sum, each) => sum + (each.durationMs ?? 0), 0)
  return {
    tests: cases.length,
    failures: having('failed'),
    errors: 0,
    skipped: having('skipped'),
    time: seconds(durationMs),
  }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3)

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(' ')

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
  '\r': '&#13;',
}

/** Control characters, which XML 1.0 cannot hold, become the replacement character. */
const escaped = (text: string): string =>
  text.toWellFormed().replaceAll(/[&<>"\p{Cc}\uFFFE\uFFFF]/gu, (character) => entities[character] ?? '\uFFFD')
