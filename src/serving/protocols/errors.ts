import { defineErrors } from '../../core/errors.ts'

/** Mistakes of callers that the protocols answer with status 400; the server has the others. */
export const protocolError = defineErrors('protocol', {
  'bad-json': {
    kind: 'user',
    message: 'The body is not JSON: {problem}.',
    remedy: 'Send a whole JSON document in UTF-8.',
  },
  'bad-body': {
    kind: 'user',
    message: 'The body is not what this address takes: {problem}.',
    remedy: 'The description at /openapi.json says what is wanted.',
  },
  'bad-values': {
    kind: 'user',
    message: '{problems}',
    remedy: 'Send values of the types that the model’s signature names.',
  },
  'bad-tensor': {
    kind: 'user',
    message: 'The tensor “{tensor}” cannot be used: {problem}.',
    remedy: 'Ask /v2/models/{model} which tensors the model takes and gives.',
  },
  'too-many-rows': {
    kind: 'user',
    message: '{rows} rows are more than the {mostRows} that one request may hold.',
    remedy: 'Send the rows in several requests.',
  },
})
