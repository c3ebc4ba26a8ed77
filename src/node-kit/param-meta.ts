/** How a form asks for a parameter where its schema alone does not say it. */
export type Widget =
  /** A path, with a button to browse; relative to the pipeline file. */
  | 'file'
  | 'file-to-write'
  /** The path of a folder, else the same. */
  | 'folder'
  /** One column of the incoming table. */
  | 'column'
  /** A `columnSelection`: names, or a rule. */
  | 'columns'
  /** A record whose keys are columns of the incoming table. */
  | 'by-column'
  | 'slider'
  | 'expression'
  | 'text-area'
  /** A text, or the name of a secret that holds it. */
  | 'secret'
  /** The name of a registered model. */
  | 'registered-model'
  /** A record of lists of texts, one for each part of a split. */
  | 'values-by-part'

declare module 'zod' {
  interface GlobalMeta {
    widget?: Widget
    /** What a number counts: `rows`, `trees`, `share`. */
    unit?: string
    /** No matter of a search: it says what is learned or told, not how well. */
    fixed?: true
    /** Of which models alone it says anything. */
    answers?: 'classes' | 'numbers'
  }
}
