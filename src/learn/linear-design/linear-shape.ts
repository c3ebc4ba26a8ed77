/**
 * Coefficients and their derivatives: for each feature one number an output, then the intercepts. One output for two
 * classes (log-odds of the second), else one a class.
 */
export interface LinearShape {
  features: number
  outputs: number
}

export const parameterCount = ({ features, outputs }: LinearShape): number => (features + 1) * outputs
