import type { ExampleTable } from '../src/node-kit/define-node.ts'

const plans = ['basic', 'plus', 'family']

/** Customers of a telephone company: enough rows for a model, few enough to read. */
export function customersCsv(rows = 60): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const months = (index * 7) % 48
    const plan = plans[(index * 5) % 3]!
    const spend = 20 + ((index * 13) % 50) + (plan === 'family' ? 25 : 0)
    const calls = index % 11 === 4 ? '' : String((index * 3) % 10)
    const churn = months < 12 + ((index * 11) % 20) ? 'yes' : 'no'
    return `C${String(index + 1).padStart(3, '0')},${plan},${months},${spend.toFixed(2)},${calls},${churn}`
  })
  return ['customer,plan,months,spend,calls,churn', ...lines, ''].join('\n')
}

export const customersRoles = { customer: 'id', churn: 'target' } as const

/** Every fifth row tests, every fifth validates. */
export function customersSplit(rows = 60): ('train' | 'validation' | 'test')[] {
  return Array.from({ length: rows }, (_, index) =>
    index % 5 === 3 ? 'validation' : index % 5 === 4 ? 'test' : 'train',
  )
}

export const customers: ExampleTable = { csv: customersCsv(), roles: customersRoles }
export const splitCustomers: ExampleTable = { ...customers, split: customersSplit() }

/** Numbers alone, so that a learner needs no step before it. */
export const splitNumbers: ExampleTable = {
  csv: customersCsv()
    .split('\n')
    .map((line) => line.split(',').toSpliced(4, 1).toSpliced(0, 2).join(','))
    .join('\n'),
  roles: { churn: 'target' },
  split: customersSplit(),
}
