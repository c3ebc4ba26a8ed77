import { defineErrors } from './errors.ts'

/** Of what no deployment can have meant, wherever it is wished for. */
export const wishError = defineErrors('deployment', {
  'version-twice': {
    kind: 'user',
    message: '“{name}” would serve {reference} twice.',
    remedy: 'Leave one of them out; the weight says how much of the traffic a version answers.',
  },
  'other-question': {
    kind: 'user',
    message: 'In “{name}”, {reference} is a {own}, but {first}, which answers, a {wanted}.',
    remedy: 'Serve it as a deployment of its own, or choose a version with the same task and target.',
  },
  'impossible-fallback': {
    kind: 'user',
    message: 'The fallback “{answer}” of “{name}” is {problem}.',
    remedy: '{hint}',
  },
  'misspelt-sticky': {
    kind: 'user',
    message: '“{name}” would be sticky by “{stickyBy}”, which is no column of its model.',
    remedy: 'Did you mean “{near}”? What the model does not need is best sent as a header: `header:NAME`.',
  },
})
