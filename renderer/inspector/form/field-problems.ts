import type { Finding } from '../../../src/core/finding.ts'
import { pathInParams } from '../../../src/core/param-path.ts'
import type { Json } from '../../../src/core/pipeline.ts'

export type ParamPath = readonly (string | number)[]

/** A finding at a parameter of the node, with the place that its dotted text means. */
export interface FieldProblem {
  path: ParamPath
  finding: Finding
}

export function problemsAtParams(
  findings: readonly Finding[],
  { node, params }: { node: string; params: Readonly<Record<string, Json>> },
): readonly FieldProblem[] {
  return findings.flatMap((finding) => {
    const param = finding.at?.node === node ? finding.at.param : undefined
    // A parameter that is missing has no place in the params yet: its name alone is one.
    return param === undefined
      ? []
      : [{ path: pathInParams({ ...params }, param) ?? param.split('.'), finding }]
  })
}

/** Those at a field, and those below it except in places that fields of their own show. */
export function problemsOfField(
  problems: readonly FieldProblem[],
  { path, shownBelow }: { path: ParamPath; shownBelow: (key: string | number) => boolean },
): readonly FieldProblem[] {
  return problems.filter((problem) => {
    const isHere = path.every((key, index) => String(problem.path[index]) === String(key))
    const next = problem.path[path.length]
    return isHere && (next === undefined || !shownBelow(next))
  })
}

export const hasProblems = (problems: readonly FieldProblem[], path: ParamPath): boolean =>
  problemsOfField(problems, { path, shownBelow: () => false }).length > 0
