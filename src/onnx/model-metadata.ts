/** Keys of a model's metadata that are read back; everything else there is for people and for the registry. */
export const metadataKeys = {
  /** JSON: tensor name → column name, for the inputs whose tensor could not be named as the column. */
  inputNames: 'pipewright.input-names',
  /** JSON: for the columns of the feature matrix, in order, how many come from which start columns. */
  sources: 'pipewright.sources',
  /** JSON, where the learner is linear: the means of the features over the train rows. */
  means: 'pipewright.means',
  /** What wrote the graph, where it was not us: its operators are of other versions than ours. */
  imported: 'pipewright.imported',
} as const
