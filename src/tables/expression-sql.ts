import type { TypedExpression } from '../core/expression/typed-expression.ts'

/** An expression over stored rows as DuckDB SQL, its result of the stored type (`storedType`) of its type. */
export declare function expressionSql(expression: TypedExpression): string
