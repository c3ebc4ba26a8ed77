import type { MatrixChunk } from '../learner.ts'
import { gaussLegendre, type Quadrature } from './gauss-legendre.ts'
import { goesLeft, type StoredTrees } from '../../onnx/stored-trees.ts'

/**
 * Exact Shapley values of trees, path-dependent (TreeSHAP: Lundberg, Erion and Lee 2018; Lundberg et al. 2020): where a
 * feature is not known, a row goes both ways, by the shares of the train rows that did. `base` is what the trees sum up to
 * with no feature known; with the contributions, row-major rows × `features`, it is the score of the row.
 */
export function treeShap(
  trees: StoredTrees,
  { rows, data, features }: MatrixChunk & { features: number },
): { base: number; contributions: Float64Array } {
  const contributions = new Float64Array(rows * features)
  const walk = createWalk(trees, features)
  for (let row = 0; row < rows; row++) {
    const values = data.subarray(row * features, (row + 1) * features)
    walk(values, contributions.subarray(row * features, (row + 1) * features))
  }
  return { base: expectedScore(trees), contributions }
}

/** What the trees say on average of the train rows. */
export function expectedScore(trees: StoredTrees): number {
  const expected = (index: number, isLeaf: boolean): number => {
    if (isLeaf) return trees.leafValues[index]!
    const share = trees.leftShares[index]!
    return (
      share * expected(trees.left[index]!, trees.leftIsLeaf[index] === 1) +
      (1 - share) * expected(trees.right[index]!, trees.rightIsLeaf[index] === 1)
    )
  }
  return trees.roots.reduce((sum, root) => sum + expected(root, false), 0)
}

/** About how many elementary steps a row takes. */
export function workOfRow(trees: StoredTrees): number {
  const work = (index: number, isLeaf: boolean, depth: number): number =>
    isLeaf
      ? depth * depth
      : work(trees.left[index]!, trees.leftIsLeaf[index] === 1, depth + 1) +
        work(trees.right[index]!, trees.rightIsLeaf[index] === 1, depth + 1)
  return trees.roots.reduce((sum, root) => sum + work(root, false, 0), 0)
}

/**
 * Goes down to every leaf. The features on the way are players in a game whose outcome is the leaf's value times a factor
 * a player: 1 or 0 where the feature is known (does the row go this way?), else the share of rows that do. A player's
 * Shapley value is an integral over how likely the others are known (Owen 1972), of a polynomial: quadrature is exact.
 */
function createWalk(trees: StoredTrees, features: number): (values: Float32Array, out: Float64Array) => void {
  const path = newPath(features)
  const visit = (index: number, values: Float32Array, out: Float64Array): void => {
    const feature = trees.features[index]!
    const isNew = path.placeOf[feature] === -1
    if (isNew) addPlayer(path, feature)
    const place = path.placeOf[feature]!
    const share = path.shares[place]!
    const follows = path.follows[place]!
    const isLeft = goesLeft(trees, index, values[feature]!)
    for (let side = 0; side < 2; side++) {
      const toLeft = side === 0
      const part = toLeft ? trees.leftShares[index]! : 1 - trees.leftShares[index]!
      path.shares[place] = share * part
      path.follows[place] = isLeft === toLeft ? follows : 0
      // Else neither this row nor any train row comes there.
      if (path.shares[place] > 0 || path.follows[place] === 1) {
        const child = toLeft ? trees.left[index]! : trees.right[index]!
        const isLeaf = (toLeft ? trees.leftIsLeaf[index] : trees.rightIsLeaf[index]) === 1
        if (isLeaf) addLeaf(path, trees.leafValues[child]!, out)
        else visit(child, values, out)
      }
    }
    path.shares[place] = share
    path.follows[place] = follows
    if (isNew) removePlayer(path, feature)
  }
  return (values, out) => {
    for (const root of trees.roots) visit(root, values, out)
  }
}

function addLeaf(path: Path, leafValue: number, out: Float64Array): void {
  const { length, features, shares, follows, products } = path
  if (leafValue === 0) return
  const points = (length + 1) >> 1
  const { places, weights } = (path.quadratures[points] ??= gaussLegendre(points))
  let ofOthers = 0
  for (let point = 0; point < points; point++) {
    const known = places[point]!
    const unknown = 1 - known
    let product = leafValue * weights[point]!
    for (let player = 0; player < length; player++)
      product *= unknown * shares[player]! + known * follows[player]!
    products[point] = product
    ofOthers += product / unknown
  }
  for (let player = 0; player < length; player++) {
    const feature = features[player]!
    if (follows[player] === 0) {
      out[feature]! -= ofOthers
      continue
    }
    const share = shares[player]!
    let sum = 0
    for (let point = 0; point < points; point++)
      sum += products[point]! / (share + places[point]! * (1 - share))
    out[feature]! += (1 - share) * sum
  }
}

/** The features met on the way down, each once. */
interface Path {
  length: number
  features: Int32Array
  /** Of the train rows, the part that goes this way by this feature. */
  shares: Float64Array
  /** 1 where the row does. */
  follows: Uint8Array
  /** By feature: where it stands on the path, or −1. */
  placeOf: Int32Array
  quadratures: Quadrature[]
  /** At each point of a quadrature. */
  products: Float64Array
}

function newPath(features: number): Path {
  return {
    length: 0,
    features: new Int32Array(features),
    shares: new Float64Array(features),
    follows: new Uint8Array(features),
    placeOf: new Int32Array(features).fill(-1),
    quadratures: [],
    products: new Float64Array(features),
  }
}

function addPlayer(path: Path, feature: number): void {
  const place = path.length++
  path.placeOf[feature] = place
  path.features[place] = feature
  path.shares[place] = 1
  path.follows[place] = 1
}

function removePlayer(path: Path, feature: number): void {
  path.length--
  path.placeOf[feature] = -1
}
