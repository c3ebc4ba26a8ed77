import { defineErrors, reportOf } from '../../src/core/errors.ts'

const connectionError = defineErrors('connection', {
  lost: {
    kind: 'environment',
    message: 'The connection to Pipewright was lost.',
    remedy: 'Start Pipewright again, as is said at the top of the window.',
  },
})

export const lostConnection = (cause?: unknown): Error => connectionError('lost', {}, { cause })

export const isLostConnection = (thrown: unknown): boolean => reportOf(thrown).code === 'connection.lost'
