/** The answer that says which rule has spoken; '' where none has. */
export const ruleOutput = 'rule'
/** The most probable classes, text [N, count], and how probable they are, float32 [N, count]. */
export const topOutput = 'top'
export const topProbabilitiesOutput = 'top_probabilities'
/** The name of the nearest cluster, a text; '' where a value is missing. And float64 [N, clusters] distances. */
export const clusterOutput = 'cluster'
export const distancesOutput = 'distances'
