export const rowPx = 28
export const headerPx = 44
/** Of the column with the numbers of the rows. */
export const numberPx = 76
