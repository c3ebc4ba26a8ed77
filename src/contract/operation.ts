import { oc } from '@orpc/contract'
import { errorReportSchema } from './error-report.ts'

/** The code under which every error crosses; what it was stands in the data. */
export const errorCode = 'PIPEWRIGHT'

/** What every operation starts from: it may fail with an error report, and with nothing else. */
export const operation = oc.errors({ [errorCode]: { data: errorReportSchema } })
