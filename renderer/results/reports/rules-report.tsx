import type { z } from 'zod'
import { formatCount } from '../../ui/format-amount.ts'
import { shareText } from '../format-amounts.ts'
import { BarList } from './bar-list.tsx'
import type { rulesSchema } from './report-contents.ts'
import { FactTable, ReportSection } from './report-parts.tsx'

/** How often each business rule has spoken. */
export function RulesReport({ content: { rows, rules } }: { content: z.infer<typeof rulesSchema> }) {
  const spoken = rules.reduce((sum, rule) => sum + rule.rows, 0)
  return (
    <div className="flex flex-col gap-5">
      <p className="text-ink-soft">
        Rules gave the answer for {formatCount(spoken)} of {formatCount(rows)} rows
        {rows > 0 && ` (${shareText(spoken / rows)})`}; the model gave the rest. Where several apply, the
        first speaks.
      </p>
      <ReportSection title="Rows that each rule answered">
        <BarList
          label="Rows that each rule answered"
          bars={rules.map((rule) => ({ name: rule.name, value: rule.rows }))}
        />
      </ReportSection>
      <FactTable
        label="Rules, in their order"
        columns={[
          { title: 'Rule' },
          { title: 'When' },
          { title: 'Answer' },
          { title: 'Rows', isNumber: true },
          { title: 'Share', isNumber: true },
        ]}
        rows={rules.map((rule) => [
          rule.name,
          <code key="when">{rule.when}</code>,
          <code key="answer">{rule.answer}</code>,
          formatCount(rule.rows),
          rows === 0 ? '–' : shareText(rule.rows / rows),
        ])}
      />
    </div>
  )
}
