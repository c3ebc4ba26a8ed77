import { useState } from 'react'
import type { ModelStructure } from '../../../src/contract/model-details.ts'
import type { ModelData } from '../../../src/core/artifacts.ts'
import { Select } from '../../ui/select.tsx'
import { amountText } from '../format-amounts.ts'
import { BarList } from '../reports/bar-list.tsx'

interface LinearFormulaProps {
  structure: Extract<ModelStructure, { kind: 'linear' }>
  model: Pick<ModelData, 'features' | 'target' | 'learner'>
}

/** A linear model as it is written: intercept and coefficients, the largest first. */
export function LinearFormula({ structure: { coefficients, intercepts }, model }: LinearFormulaProps) {
  const { features, target } = model
  const [score, setScore] = useState(0)
  const titles = coefficients.length > 1 ? (target.classes ?? []) : []
  const terms = features
    .map((name, index) => ({ name, value: coefficients[score]![index] ?? 0 }))
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
  const left = target.classes ? `score of “${titles[score] ?? target.positive ?? ''}”` : learnedAs(model)
  return (
    <div className="flex flex-col gap-4">
      {titles.length > 0 && (
        <Select
          label="Class"
          className="w-56"
          value={String(score)}
          options={titles.map((title, index) => ({ value: String(index), title }))}
          onChange={(next) => setScore(Number(next))}
        />
      )}
      <p className="max-w-3xl font-mono text-xs leading-5 break-words">
        {left} = {amountText(intercepts[score] ?? 0)}
        {terms.slice(0, 8).map(({ name, value }) => (
          <span key={name}>
            {' '}
            {value < 0 ? '−' : '+'} {amountText(Math.abs(value))} · {name}
          </span>
        ))}
        {terms.length > 8 && ` + … (${terms.length - 8} more)`}
      </p>
      <BarList label="Coefficients" bars={terms} />
    </div>
  )
}

/** What the sum is of: the target, or what it was learned as. */
function learnedAs({ target, learner }: LinearFormulaProps['model']): string {
  const { targetTransform } = learner.params as { targetTransform?: string }
  if (learner.type === 'poisson-regression' || targetTransform === 'log') return `ln(${target.name})`
  return targetTransform === 'box-cox' ? `Box–Cox power of ${target.name}` : target.name
}
