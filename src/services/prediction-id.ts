import { sha256OfText } from '../files/sha256.ts'

/** What the predictions of a model are called among the pipelines of a workspace. */
export const predictionId = (model: string): string => `predict-${sha256OfText(model).slice(0, 16)}`

/** Whether a run is one of a prediction, not of a pipeline file. */
export const isPrediction = ({ pipelineId }: { pipelineId: string }): boolean =>
  /^predict-[0-9a-f]{16}$/.test(pipelineId)
