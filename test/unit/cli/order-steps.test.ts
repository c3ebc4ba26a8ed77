import { describe, expect, it } from 'vitest'
import { orderSteps } from '../../../src/hosts/cli/run-view/order-steps.ts'

const tree = (text: string): string => {
  const steps = text
    .trim()
    .split('\n')
    .map((line) => {
      const [node = '', needs = ''] = line.split('<-').map((part) => part.trim())
      return { node, title: node, needs: needs.split(' ').filter(Boolean) }
    })
  return orderSteps(steps)
    .map(({ node, level }) => '  '.repeat(level) + node)
    .join('\n')
}

describe('the order of steps in the tree', () => {
  it('keeps a chain at one level, also where a later step needs an earlier one too', () => {
    const shown = tree('file\nsplit <- file\ntrees <- split\nevaluate <- trees split')
    expect(shown).toBe('file\nsplit\ntrees\nevaluate')
  })

  it('sets branches in and comes back where they meet', () => {
    const shown = tree(
      'file\ntrees <- file\nlogistic <- file\nthreshold <- trees\nevaluate <- threshold logistic file',
    )
    expect(shown).toBe('file\n  trees\n  threshold\n  logistic\nevaluate')
  })

  it('comes back only when all branches are shown', () => {
    const shown = tree(
      'file\nleft <- file\nright <- file\nmeasure <- left right\ntrain <- file\nregister <- train',
    )
    expect(shown).toBe('file\n  left\n  right\n  train\n  register\nmeasure')
  })

  it('keeps two sources beside each other', () => {
    expect(tree('train\ntest\nappend <- train test\nroles <- append')).toBe('train\ntest\nappend\nroles')
  })

  it('shows every step once, below all it needs', () => {
    const shown = tree('a\nb <- a\nc <- a\nd <- b c\ne <- b\nf <- e d')
      .split('\n')
      .map((line) => line.trim())
    expect(shown.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect(shown.indexOf('f')).toBe(5)
    expect(shown.indexOf('d')).toBeGreaterThan(Math.max(shown.indexOf('b'), shown.indexOf('c')))
  })

  it('ignores needs that are not part of the run', () => {
    expect(tree('trees <- split\nevaluate <- trees')).toBe('trees\nevaluate')
  })
})
