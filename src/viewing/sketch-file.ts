/** A table's sketch lies beside the table, is no part of what the table is, and goes with it. */
export const sketchFile = 'sketch.json'
