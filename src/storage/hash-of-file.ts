import type { FileHashes } from './file-hashes.ts'

/** SHA-256 of a file's content as hex; read only if the file seems changed since it was read last. */
export declare function hashOfFile(options: { path: string; fileHashes: FileHashes }): Promise<string>
