/** Of a body of the protocols for batches, once decompressed too. */
export const mostBytes = 16 * 1024 * 1024
/** In one request: an answer in reasonable time and memory. */
export const mostRows = 100_000
/** Requests with large bodies at a time; more are answered with 503. */
export const mostAtOnce = 256
