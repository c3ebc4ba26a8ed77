import { expect, it } from 'vitest'
import type { Finding } from '../../../src/core/finding.ts'
import { groupFindings } from '../../../renderer/problems/group-findings.ts'

const finding = (message: string, severity: Finding['severity'], node?: string): Finding => ({
  code: 'x',
  severity,
  message,
  remedy: '',
  ...(node !== undefined && { at: { node } }),
})

it('puts what was found at a node together, and what keeps the pipeline from running first', () => {
  const groups = groupFindings([
    finding('a', 'warning', 'read'),
    finding('b', 'warning', 'split'),
    finding('c', 'error', 'split'),
    finding('d', 'warning'),
    finding('e', 'error'),
    finding('f', 'warning', 'read'),
  ])
  expect(groups.map(({ node, findings }) => [node, findings.map(({ message }) => message).join('')])).toEqual(
    [
      ['split', 'cb'],
      [null, 'e'],
      ['read', 'af'],
      [null, 'd'],
    ],
  )
})
