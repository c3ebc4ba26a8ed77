/** The answer that says which rule has spoken; '' where none has. */
export const ruleOutput = 'rule'
/** The most probable classes, text [N, count], and how probable they are, float32 [N, count]. */
export const topOutput = 'top'
export const topProbabilitiesOutput = 'top_probabilities'
