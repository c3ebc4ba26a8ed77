import type { TestCase } from '../../../contract/test-case.ts'
import type { Output } from '../output.ts'
import { countOf } from '../terminal/format-amounts.ts'

/** Test cases by suite; what is not passed with what was found. */
export function printCases(
  cases: readonly TestCase[],
  { output, run }: { output: Output; run: string },
): void {
  const { style } = output
  const marks = {
    passed: style.green('✓'),
    failed: style.red('✗'),
    warning: style.yellow('!'),
    skipped: style.dim('–'),
  }
  for (const [suite, own] of Map.groupBy(cases, (each) => each.suite)) {
    output.line(style.bold(suite))
    for (const { outcome, name, message } of own) {
      output.line(`  ${marks[outcome]} ${name}`)
      if (message !== null) output.line(`      ${message}`)
    }
  }
  const having = (outcome: TestCase['outcome']): number =>
    cases.filter((each) => each.outcome === outcome).length
  const told = [
    countOf(having('passed'), 'test') + ' passed',
    ...(['failed', 'warning', 'skipped'] as const).flatMap((outcome) =>
      having(outcome) > 0 ? [`${having(outcome)} ${words[outcome]}`] : [],
    ),
  ]
  output.lines(['', `${told.join(', ')}.`])
  if (having('failed') > 0)
    output.remark(`See \`pipewright runs show ${run.slice(0, 8)}\` for metrics and reports.`)
}

const words = { failed: 'failed', warning: 'with warnings', skipped: 'skipped' } as const
