/** Names of files inside a package, as its manifest, tests and items refer to them. */
import type { PackageFiles } from './package-files.ts';

/** A reference in a package's file, relative to that file's folder, as a path from the package's root. */
export function resolvePath(base: string, reference: string): string {
  return join(base, reference.split(/[?#]/)[0] ?? '', (part) => part);
}

/** With the slash at its end; empty for the package's root. */
export function folderOf(path: string): string {
  return path.replace(/[^/]*$/, '');
}

/**
 * The file that a reference means: by its letters, else with percent signs decoded, else whatever the case of its letters and
 * however its accents are composed (packages pass through file systems that change both).
 */
export function findFile(files: PackageFiles, base: string, reference: string): string | null {
  const bare = reference.split(/[?#]/)[0] ?? '';
  const names = [reference, bare].flatMap((one) => [
    join(base, one, (part) => part),
    join(base, one, decoded),
  ]);
  const exact = names.find((name) => files.has(name));
  if (exact !== undefined) return exact;
  const wanted = new Set(names.map(folded));
  const similar = [...files.keys()].filter((name) => wanted.has(folded(name)));
  return similar.length === 1 ? (similar[0] ?? null) : null;
}

function join(base: string, reference: string, read: (part: string) => string): string {
  const parts = reference.startsWith('/') ? [] : base.split('/').filter(Boolean);
  for (const part of reference.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(read(part));
  }
  return parts.join('/');
}

/** Of one part between slashes. A name may hold a percent sign that encodes nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
