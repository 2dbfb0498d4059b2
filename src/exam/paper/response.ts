/**
 * A candidate's response to one response variable, as in QTI Results Reporting: values are strings.
 * single → string or null · multiple and ordered → array · pair and directedPair `"A B"` · point `"x y"` ·
 * record → object · file → `{ file: { digest, name, mediaType, size } }` (the content is kept by its digest).
 */
export type ResponseValue =
  | null
  | string
  | readonly string[]
  | { readonly [field: string]: string | null }
  | { readonly file: FileReference };

/** A type, not an interface: it is JSON. */
export type FileReference = {
  /** SHA-256 of the content, hexadecimal. */
  readonly digest: string;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** Taken while a program had the file open or was writing it: what the candidate saw there may be more. */
  readonly open?: true;
};

/** By response identifier. */
export type ItemResponses = { readonly [responseIdentifier: string]: ResponseValue };
