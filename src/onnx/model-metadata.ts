/** Keys of a model's metadata that sessions read; everything else there is for people and for the registry. */
export const metadataKeys = {
  /** JSON: tensor name → column name, for the inputs whose tensor could not be named as the column. */
  inputNames: 'pipewright.input-names',
} as const
