import { z } from 'zod'
import { defineNode } from '../../../src/node-kit/define-node.ts'

const params = z.strictObject({
  path: z.string().min(1, 'Choose a file.').meta({
    title: 'File',
    description:
      'The HTML file to write. A relative path starts at the pipeline file. A file that is there is replaced.',
    widget: 'file-to-write',
  }),
  title: z.string().min(1).default('Report').meta({
    title: 'Title',
    description: 'What stands at the top of the page.',
  }),
})

export const writeReport = defineNode({
  id: 'serving.write-report',
  version: 1,
  title: 'Write report',
  summary: 'Writes a report as one HTML file that needs nothing besides itself.',
  description:
    'The page can be sent to somebody who has no Pipewright: it loads nothing, runs no script, and follows the light or ' +
    'dark colours of the reader. The profile of a table has a page of its own, below a megabyte however large the table ' +
    'is; other reports show their metrics and details.\n\n' +
    'The step runs again when the file was changed or removed. The report of a run that is over can be had by the ' +
    'command `pipewright runs show RUN NODE --html FILE` as well.',
  keywords: ['html', 'export', 'page', 'profile', 'share', 'document', 'print'],
  inputs: { report: { type: 'report', title: 'Report' } },
  outputs: {},
  params,
  failures: {
    'cannot-write': {
      kind: 'environment',
      message: 'The file “{path}” cannot be written: {reason}.',
      remedy: 'Check that the folder may be written to and the disk is not full.',
    },
  },
  examples: [
    {
      title: 'The profile of a table, to send around',
      params: { path: 'customers.html', title: 'Customers in March' },
      inputs: { report: { from: 'validation.profile', output: 'report' } },
    },
  ],
  effect: 'sink',
  learnsFrom: 'nothing',
  writes: ({ path }) => [path],
  propagate: () => ({ outputs: {} }),
})
