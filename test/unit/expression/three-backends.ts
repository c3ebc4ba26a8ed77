import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ColumnType } from '../../../src/core/columns.ts'
import { evaluateExpression } from '../../../src/core/expression/evaluate-expression.ts'
import { parseExpression } from '../../../src/core/expression/parse-expression.ts'
import { typeExpression } from '../../../src/core/expression/type-expression.ts'
import type {
  ExpressionType,
  ExpressionValue,
  TypedExpression,
} from '../../../src/core/expression/typed-expression.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { emitExpression } from '../../../src/recipe/emit-expression.ts'
import { expressionSql } from '../../../src/tables/expression-sql.ts'
import { openDuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteName, quoteText } from '../../../src/tables/quote.ts'
import { storedType } from '../../../src/tables/stored-type.ts'

export interface TestColumn {
  name: string
  type: Exclude<ColumnType, 'vector'>
}
export type TestRow = Readonly<Record<string, ExpressionValue>>

/** What an expression gives for every row: by the reference, by ONNX Runtime, and by DuckDB. */
export interface ThreeAnswers {
  reference: ExpressionValue[]
  onnx: ExpressionValue[]
  sql: ExpressionValue[]
}

export interface ThreeBackends {
  answer(text: string): Promise<ThreeAnswers>
  close(): void
}

/** Rows in DuckDB, and the same as tensors. */
export async function openBackends(
  columns: readonly TestColumn[],
  rows: readonly TestRow[],
): Promise<ThreeBackends> {
  const workFolder = mkdtempSync(join(tmpdir(), 'pipewright-expression-'))
  const signal = { aborted: false, throwIfAborted: () => undefined }
  const duckDb = await openDuckDb({ threads: 1, memoryMb: 1024, workFolder, signal })
  const fields = columns.map(({ name, type }) => `${quoteName(name)} ${storedType(type)}`)
  await duckDb.run(`CREATE TABLE given (place BIGINT, ${fields.join(', ')})`)
  const values = rows.map(
    (row, place) =>
      `(${[place, ...columns.map(({ name, type }) => storedLiteral(row[name] ?? null, type))].join(', ')})`,
  )
  await duckDb.run(`INSERT INTO given VALUES ${values.join(', ')}`)
  return {
    async answer(text) {
      const expression = typeExpression(parseExpression(text), columns)
      const answers = await duckDb.rows<{ answer: number | bigint | string | boolean | Date | null }>(
        `SELECT ${expressionSql(expression)} AS answer FROM given ORDER BY place`,
      )
      return {
        reference: rows.map((row) => evaluateExpression(expression, row)),
        onnx: await runOnnx(expression, columns, rows),
        sql: answers.map(({ answer }) => comparable(answer)),
      }
    },
    close() {
      duckDb.close()
      rmSync(workFolder, { recursive: true, force: true })
    },
  }
}

export async function runOnnx(
  expression: TypedExpression,
  columns: readonly TestColumn[],
  rows: readonly TestRow[],
): Promise<ExpressionValue[]> {
  const typeOf = (type: ExpressionType) => (type === 'text' ? 'string' : 'float64')
  const builder = new GraphBuilder()
  const given = new Map(columns.map(({ name, type }) => [name, builder.input(name, typeOf(type))]))
  builder.output(
    'answer',
    emitExpression(builder, expression, (name) => given.get(name)!),
  )
  const session = await openSession(builder.toModel())
  try {
    const tensors = columns.map(({ name, type }): [string, string[] | Float64Array] => [
      name,
      type === 'text'
        ? rows.map((row) => String(row[name] ?? ''))
        : Float64Array.from(rows, (row) => (row[name] === null ? Number.NaN : Number(row[name]))),
    ])
    const { answer } = await session.run({ rows: rows.length, columns: Object.fromEntries(tensors) })
    return Array.from<number | string, ExpressionValue>(answer!, (value) =>
      fromTensor(value, expression.type),
    )
  } finally {
    await session.close()
  }
}

function fromTensor(value: number | string, type: ExpressionType): ExpressionValue {
  if (typeof value === 'string') return value === '' ? null : value
  if (Number.isNaN(value)) return null
  return type === 'boolean' ? value === 1 : value + 0
}

function comparable(value: number | bigint | string | boolean | Date | null): ExpressionValue {
  if (value instanceof Date) return value.getTime()
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'number' ? value + 0 : value
}

function storedLiteral(value: ExpressionValue, type: ExpressionType): string {
  if (value === null) return 'NULL'
  switch (type) {
    case 'text':
      return quoteText(String(value))
    case 'boolean':
      return String(value)
    case 'number':
      return `CAST('${value}' AS DOUBLE)`
    case 'integer':
      return String(value)
    case 'date':
      return `CAST(make_timestamp(${Number(value) * 1000}) AS DATE)`
    case 'datetime':
      return `make_timestamp(${Number(value) * 1000})`
  }
}
