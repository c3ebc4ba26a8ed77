/** What it is about when a tab’s pipeline is told not to run because of its problems. */
export const refusal = (tab: string): string => `refusal of ${tab}`
