/** The fingerprint of a node type's work: another one when the code of its runner, or of what that imports, changed. */
export type RunnerFingerprints = (nodeType: string) => string

/** Fingerprints from the sources: `runnersModule` is the path of `nodes/runners.ts` or of a list like it. */
export declare function fingerprintsOfSources(runnersModule: string): RunnerFingerprints

/** Fingerprints made when the product was built, by `fingerprintsOfSources`, as an object by node type. */
export declare function fingerprintsOfBuild(byType: Readonly<Record<string, string>>): RunnerFingerprints
