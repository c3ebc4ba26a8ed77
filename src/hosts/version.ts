import packageJson from '../../package.json' with { type: 'json' }

/** Of this Pipewright. */
export const version: string = packageJson.version
