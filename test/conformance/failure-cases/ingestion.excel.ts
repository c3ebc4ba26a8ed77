import { budgetWorkbook } from '../../../nodes/ingestion/excel/budget-workbook.ts'
import type { FailureCase } from './failure-case.ts'

const params = { path: 'budget.xlsx', types: { cost: 'integer' } }
const workbook = { inputs: {}, files: { 'budget.xlsx': budgetWorkbook } }

export const ingestionExcelFailures: readonly FailureCase[] = [
  {
    code: 'ingestion.excel.row-does-not-fit',
    example: { params: { ...params, badRows: 'fail' }, ...workbook },
    says: /^Rows of “budget\.xlsx” .*: 1\. The first is row 2 of the sheet: /,
    param: 'badRows',
  },
  {
    code: 'ingestion.excel.too-many-rejects',
    example: { params: { ...params, maximumRejectShare: 0.1 }, ...workbook },
    says: /^1 of 3 rows of “budget\.xlsx” do not fit their columns\. The first is row 2 of the sheet: /,
    param: 'maximumRejectShare',
  },
]
