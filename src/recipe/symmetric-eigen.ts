/** Eigenvalues in descending order, and their eigenvectors of length 1. */
export interface Eigen {
  values: number[]
  vectors: Float64Array[]
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, row by row, by cyclic Jacobi rotations (Golub and Van Loan,
 * “Matrix Computations”, 4th edition, algorithms 8.5.1 to 8.5.3): always the same operations in the same order. The
 * sign of a vector makes its largest element positive, the first of equal ones (scikit-learn's svd_flip by V).
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = Float64Array.from(matrix)
  // Row i is the i-th vector.
  const vectors = Array.from({ length: size }, (_, index) => {
    const vector = new Float64Array(size)
    vector[index] = 1
    return vector
  })
  const total = a.reduce((sum, value) => sum + value * value, 0)
  for (let sweep = 0; sweep < 60 && offDiagonal(a, size) > total * 1e-32; sweep++)
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, { p, q, size })
  const order = vectors.map((_, index) => index).sort((i, j) => a[j * size + j]! - a[i * size + i]! || i - j)
  return {
    values: order.map((index) => a[index * size + index]!),
    vectors: order.map((index) => withPositivePeak(vectors[index]!)),
  }
}

function offDiagonal(a: Float64Array, size: number): number {
  let sum = 0
  for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) sum += 2 * a[p * size + q]! ** 2
  return sum
}

function rotate(
  a: Float64Array,
  vectors: readonly Float64Array[],
  { p, q, size }: { p: number; q: number; size: number },
): void {
  const apq = a[p * size + q]!
  if (apq === 0) return
  const tau = (a[q * size + q]! - a[p * size + p]!) / (2 * apq)
  const tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau))
  const cosine = 1 / Math.sqrt(1 + tangent * tangent)
  const sine = tangent * cosine
  for (let k = 0; k < size; k++) turn(a, { first: k * size + p, second: k * size + q, cosine, sine })
  for (let k = 0; k < size; k++) turn(a, { first: p * size + k, second: q * size + k, cosine, sine })
  a[p * size + q] = 0
  a[q * size + p] = 0
  const [vp, vq] = [vectors[p]!, vectors[q]!]
  for (let k = 0; k < size; k++) {
    const [x, y] = [vp[k]!, vq[k]!]
    vp[k] = cosine * x - sine * y
    vq[k] = sine * x + cosine * y
  }
}

function turn(
  a: Float64Array,
  { first, second, cosine, sine }: { first: number; second: number; cosine: number; sine: number },
): void {
  const [x, y] = [a[first]!, a[second]!]
  a[first] = cosine * x - sine * y
  a[second] = sine * x + cosine * y
}

function withPositivePeak(vector: Float64Array): Float64Array {
  let peak = 0
  for (const [index, value] of vector.entries()) if (Math.abs(value) > Math.abs(vector[peak]!)) peak = index
  return vector[peak]! < 0 ? vector.map((value) => -value) : vector
}
