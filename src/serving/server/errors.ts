import { defineErrors, type ErrorReport } from '../../core/errors.ts'

export const serverError = defineErrors('server', {
  'bad-json': {
    kind: 'user',
    message: 'The body is not JSON: {problem}.',
    remedy: 'Send one row as an object, or several as a list under “rows”.',
  },
  'bad-input': {
    kind: 'user',
    message: '{problem}',
    remedy: 'GET /openapi.json says which columns there are, and of what types.',
  },
  'bad-feedback': {
    kind: 'user',
    message: '{problem}',
    remedy: 'Send the “predictionId” of an answer with a “label”, “isRight” or a “score”.',
  },
  'unknown-prediction': {
    kind: 'user',
    message: 'This prediction id was not given out here.',
    remedy: 'Send the id that came with the answer, as it is.',
  },
  'unknown-model': {
    kind: 'user',
    message: 'There is no model “{model}” here.',
    remedy: 'Ask /v2/repository/index which models are served.',
  },
  'unknown-version': {
    kind: 'user',
    message: 'The version {version} is not served here.',
    remedy: 'Ask for one that is, or leave the version out.',
  },
  'mixed-versions': {
    kind: 'user',
    message: 'These rows belong to versions of the model that answer differently.',
    remedy: 'Send rows with different values of “{column}” in requests of their own.',
  },
  'no-route': {
    kind: 'user',
    message: 'There is nothing at {method} {path}.',
    remedy: 'Predictions are asked for by POST /predict.',
  },
  'wrong-method': {
    kind: 'user',
    message: '{path} does not take {method}.',
    remedy: 'Ask by {allowed}.',
  },
  'wrong-host': {
    kind: 'user',
    message: 'This server does not answer to the name “{host}”.',
    remedy: 'Call it by the address that it shows, or allow the name in the deployment.',
  },
  'foreign-page': {
    kind: 'user',
    message: 'Pages of {origin} may not call this server.',
    remedy: 'Call it from your own server instead.',
  },
  'no-token': {
    kind: 'user',
    message: 'The token is missing or wrong.',
    remedy: 'Send it as “Authorization: Bearer …”.',
  },
  'wrong-type': {
    kind: 'user',
    message: 'The content type “{given}” is not taken here.',
    remedy: 'Send “content-type: {wanted}”.',
  },
  'wrong-encoding': {
    kind: 'user',
    message: 'The content encoding “{given}” is not taken here.',
    remedy: 'Send the body as it is.',
  },
  'bad-request': {
    kind: 'user',
    message: 'The request cannot be read: {problem}.',
    remedy: 'Send a whole HTTP request.',
  },
  'too-large': {
    kind: 'user',
    message: 'The body is larger than {limit} bytes.',
    remedy: 'Send fewer rows at a time, or use `pipewright predict` for a whole file.',
  },
  busy: {
    kind: 'environment',
    message: 'The server is busy.',
    remedy: 'Try again in a moment.',
    retryable: true,
  },
  stopping: {
    kind: 'environment',
    message: 'The server is starting or stopping.',
    remedy: 'Try again in a moment.',
    retryable: true,
  },
  timeout: {
    kind: 'environment',
    message: 'There was no answer within {limit} ms.',
    remedy: 'Send fewer rows at a time, or give the deployment a longer timeout or more workers.',
    retryable: true,
  },
  gone: {
    kind: 'user',
    message: 'The caller has gone.',
    remedy: 'Ask again.',
  },
  'model-failed': {
    kind: 'environment',
    message: 'The model {model} failed: {problem}.',
    remedy: 'See the log of the server; serve another version, or set a fallback.',
  },
})

type Code = keyof typeof serverError.entries

/** Of HTTP, by the code of the error without its area. */
const statuses: Readonly<Record<Code, number>> = {
  'bad-json': 400,
  'bad-input': 422,
  'bad-feedback': 422,
  'unknown-prediction': 404,
  'unknown-model': 404,
  'unknown-version': 404,
  'mixed-versions': 422,
  'no-route': 404,
  'wrong-method': 405,
  'wrong-host': 421,
  'foreign-page': 403,
  'no-token': 401,
  'wrong-type': 415,
  'wrong-encoding': 415,
  'bad-request': 400,
  'too-large': 413,
  busy: 503,
  stopping: 503,
  timeout: 504,
  gone: 499,
  'model-failed': 500,
}

/** The status of HTTP that an error is answered with. */
export function statusOf({ code, kind }: ErrorReport): number {
  const [area, name] = code.split('.')
  if (area === serverError.area && name !== undefined && Object.hasOwn(statuses, name))
    return statuses[name as Code]
  return kind === 'user' ? 400 : 500
}
