import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { columnTypes } from '../core/columns.ts'
import { cellSchema } from './cell.ts'
import { operation } from './operation.ts'

/** Absolute; in the workspace, or in a folder that the user has opened. */
const path = z.string().min(1).max(4096)
/** Tells one content of a file from another. */
const revision = z.string()

export const openedFileSchema = z.strictObject({ path, text: z.string(), revision })

export const fileEntrySchema = z.strictObject({
  name: z.string(),
  path,
  kind: z.enum(['folder', 'pipeline', 'data', 'other']),
  sizeBytes: z.number(),
  /** Epoch ms. */
  modifiedAt: z.number(),
})
export type FileEntry = z.infer<typeof fileEntrySchema>

export const filePreviewSchema = z.strictObject({
  format: z.string(),
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  columns: z.array(z.strictObject({ name: z.string(), type: z.enum(columnTypes) })),
  /** The first rows that fit. */
  rows: z.array(z.array(cellSchema)),
  /** Of the rows that were looked at: how many there were, how many do not fit, and why the first do not. */
  read: z.int(),
  rejected: z.int(),
  rejects: z.array(z.strictObject({ line: z.int(), column: z.string().nullable(), message: z.string() })),
  /** Columns that may be meant otherwise than they are read. */
  doubts: z.array(z.string()),
})
export type FilePreview = z.infer<typeof filePreviewSchema>

export const fileChangeSchema = z.strictObject({
  path,
  /** Null when the file is gone. */
  revision: revision.nullable(),
})

export const filesContract = {
  /** Folders first, then by name; hidden ones are left out. Null is the folder of the workspace. */
  list: operation.input(z.strictObject({ folder: path.nullable() })).output(
    z.strictObject({
      folder: path,
      /** Null where going up would leave what may be looked at. */
      parent: path.nullable(),
      workspace: path,
      entries: z.array(fileEntrySchema),
    }),
  ),
  /** A pipeline file; it is then among the recent ones, unless it is read again without the user's asking. */
  open: operation
    .input(z.strictObject({ path, isAgain: z.boolean().default(false) }))
    .output(openedFileSchema),
  /**
   * Writes a pipeline file unless it is another one by now than `basedOn` (null: there is none yet, and it is then among
   * the recent ones).
   */
  save: operation.input(z.strictObject({ path, text: z.string(), basedOn: revision.nullable() })).output(
    z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('saved'), revision }),
      /** Nothing was written. Both are null when the file is gone. */
      z.strictObject({
        outcome: z.literal('changed-on-disk'),
        revision: revision.nullable(),
        text: z.string().nullable(),
      }),
    ]),
  ),
  /**
   * Each change of one of these files by anybody else than `save`, until the reader ends it; first of all where one is
   * another by now than `revision`, which is what the reader knows of it (null: that there is none).
   */
  watch: operation
    .input(
      z.strictObject({ files: z.array(z.strictObject({ path, revision: revision.nullable() })).max(200) }),
    )
    .output(eventIterator(fileChangeSchema)),
  /** Pipeline files that users opened last, the newest first, by their names; those that are gone are left out. */
  recent: operation.output(
    z.strictObject({
      files: z.array(z.strictObject({ path, name: z.string(), openedAt: z.number() })),
    }),
  ),
  /** An empty pipeline, under a free name that is like `name`. */
  create: operation
    .input(z.strictObject({ folder: path.nullable(), name: z.string() }))
    .output(openedFileSchema),
  /** Keeps what is not saved yet, in case the app ends unexpectedly: a later one of the same path replaces it. */
  saveDraft: operation
    .input(z.strictObject({ path, text: z.string(), basedOn: revision.nullable() }))
    .output(z.strictObject({})),
  /** Those whose file is open in a window (`watch`) are its own, and left out. */
  drafts: operation.output(
    z.strictObject({
      drafts: z.array(
        z.strictObject({
          path,
          text: z.string(),
          basedOn: revision.nullable(),
          /** Epoch ms. */
          at: z.number(),
        }),
      ),
    }),
  ),
  dropDraft: operation.input(z.strictObject({ path })).output(z.strictObject({})),
  /** How a data file would be read with these parameters of “Read file” (without its path). */
  preview: operation
    .input(z.strictObject({ path, params: z.record(z.string(), z.json()), rows: z.int().min(0).max(200) }))
    .output(filePreviewSchema),
}
