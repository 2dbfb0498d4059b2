/** Which file in a working folder answers which expectation. */
import { fitsPattern, foldedName, isLegalName, isTemporary } from './file-names.ts';
import type { ExpectedFile } from './practical-task.ts';

export interface FolderFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** ms, by the computer's clock. */
  readonly modifiedAt: number;
}

/**
 * Each file answers once, and what is expected by its name goes before patterns. Of several that fit a pattern the one that was saved last counts.
 * @returns by response identifier.
 */
export function filesThatCount<F extends FolderFile>(
  expected: readonly ExpectedFile[],
  files: readonly F[],
): Map<string, F> {
  const free = new Set(files.filter(({ name }) => isLegalName(name) && !isTemporary(name)));
  const counting = new Map<string, F>();
  const exactFirst = expected.toSorted(
    (a, b) => Number(/[*?]/.test(a.pattern)) - Number(/[*?]/.test(b.pattern)),
  );
  for (const { response, pattern } of exactFirst) {
    const [newest] = [...free]
      .filter(({ name }) => fitsPattern(name, pattern))
      .toSorted((a, b) => b.modifiedAt - a.modifiedAt || (foldedName(a.name) < foldedName(b.name) ? -1 : 1));
    if (!newest) continue;
    counting.set(response, newest);
    free.delete(newest);
  }
  return counting;
}
