export interface KMeansModel {
  features: number
  clusters: number
  /** Row-major, clusters × features; the largest cluster of the train rows comes first. */
  centers: Float64Array
}

export interface KMeansParameters {
  /** How many clusters are tried, from the fewest to the most. */
  fewest: number
  most: number
  /** What tells the best number of clusters. */
  chooseBy: 'silhouette' | 'elbow'
  /** How often clusters are sought from other starts. */
  starts: number
  iterations: number
  /** How many rows clusters are first sought in. */
  sampleRows: number
}

/** What a number of clusters comes to, in the sample. */
export interface TriedClusters {
  clusters: number
  /** The sum of squared distances to the nearest center. */
  inertia: number
  /** Null with one cluster, for which it is not defined. */
  silhouette: number | null
}
