import type { z } from 'zod'
import type { schemaReportSchema } from './report-contents.ts'
import { GenericContent } from './generic-content.tsx'
import { FactTable, ReportSection } from './report-parts.tsx'

/** Whether a table fits its schema, and the schema that its values suggest. */
export function SchemaReport({ content }: { content: z.infer<typeof schemaReportSchema> }) {
  const { success, errors, checks, schema, inferred } = content
  return (
    <div className="flex flex-col gap-5">
      {schema !== null && (
        <p>
          {success
            ? 'The table fits its schema.'
            : `The table does not fit its schema in ${errors.length} places.`}
        </p>
      )}
      {errors.length > 0 && (
        <ul className="flex flex-col gap-1.5">
          {errors.map(({ note, type }, index) => (
            <li key={index} className="rounded-md bg-bad-soft px-3 py-2">
              {note} <span className="text-xs text-ink-faint">{type}</span>
            </li>
          ))}
        </ul>
      )}
      {checks.length > 0 && (
        <ReportSection title="Constraints">
          <FactTable
            label="Constraints"
            columns={[{ title: 'Fields' }, { title: 'Constraint' }, { title: 'Holds' }]}
            rows={checks.map(({ fields, constraint, success: holds }) => [
              fields.join(', '),
              constraint,
              <span key="holds" className={holds ? 'text-good' : 'text-bad'}>
                {holds ? 'yes' : 'no'}
              </span>,
            ])}
          />
        </ReportSection>
      )}
      {inferred !== null && (
        <ReportSection title="Schema that the values suggest">
          <GenericContent content={inferred} />
        </ReportSection>
      )}
    </div>
  )
}
