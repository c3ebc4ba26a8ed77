/** A share with a digit behind the point. */
export const percentText = (share: number): string => `${(share * 100).toFixed(1)}\u00a0%`
