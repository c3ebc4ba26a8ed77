const blockRows = 4096

/**
 * The sum of a term a row: first within blocks of rows of a fixed size, then over the blocks in order, so that it is
 * the same whoever computes a block. Rounding errors grow with the block, not with the table.
 */
export function sumInBlocks(rows: number, term: (row: number) => number): number {
  let sum = 0
  for (let begin = 0; begin < rows; begin += blockRows) {
    const end = Math.min(rows, begin + blockRows)
    let block = 0
    for (let row = begin; row < end; row++) block += term(row)
    sum += block
  }
  return sum
}
