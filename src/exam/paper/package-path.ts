/** A reference in a package's file, relative to that file's folder, as a path from the package's root. */
export function resolvePath(base: string, reference: string): string {
  const parts = reference.startsWith('/') ? [] : base.split('/').filter(Boolean);
  for (const part of reference.split(/[?#]/)[0]?.split('/') ?? []) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** With the slash at its end; empty for the package's root. */
export function folderOf(path: string): string {
  return path.replace(/[^/]*$/, '');
}
