import { ingestionFile } from '../../../nodes/ingestion/file/definition.ts'
import { readOptionsOf } from '../../../nodes/ingestion/read-options-of.ts'
import { explainIssues } from '../../core/explain-issues.ts'
import { parentChannel } from '../../engine/host-channel.ts'
import { viewError } from '../../viewing/errors.ts'
import { serveViews } from '../../viewing/serve-views.ts'

serveViews({
  channel: parentChannel(),
  readOptionsOf(path, params) {
    const checked = explainIssues(ingestionFile.params, { ...params, path }, 'parameter')
    if (checked.success) return readOptionsOf(path, checked.data)
    const { message, remedy } = checked.explanations[0]!
    throw viewError('bad-parameter', { problem: message, remedy })
  },
})
