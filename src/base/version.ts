/** Versions of the program, as semantic versioning 2.0.0 orders them. */

interface Version {
  readonly numbers: readonly [number, number, number];
  /** Of what comes before the version itself (`-rc.1`); empty: the version itself. */
  readonly before: readonly string[];
}

const form =
  /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

function read(text: string): Version | null {
  const found = form.exec(text);
  if (!found) return null;
  const [, major, minor, patch, before] = found;
  return {
    numbers: [Number(major), Number(minor), Number(patch)],
    before: before === undefined ? [] : before.split('.'),
  };
}

export function isVersion(text: string): boolean {
  return read(text) !== null;
}

/** Below 0: `a` is older than `b`. A text that is no version is older than every version: what it can do is not known. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [read(a), read(b)];
  if (!one || !other) return Number(one !== null) - Number(other !== null);
  for (const [i, number] of one.numbers.entries()) {
    const difference = number - (other.numbers[i] as number);
    if (difference !== 0) return difference;
  }
  if (one.before.length === 0 || other.before.length === 0)
    return Number(one.before.length === 0) - Number(other.before.length === 0);
  for (const [i, part] of one.before.entries()) {
    const against = other.before[i];
    if (against === undefined) return 1;
    const difference = comparePart(part, against);
    if (difference !== 0) return difference;
  }
  return one.before.length - other.before.length;
}

/** Numbers come before words and count as numbers; words stand in the order of their letters in ASCII. */
function comparePart(a: string, b: string): number {
  const [one, other] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (one && other) return Number(a) - Number(b);
  if (one !== other) return one ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}

/** @returns null: none of them is a version. */
export function newestVersion(versions: Iterable<string>): string | null {
  let newest: string | null = null;
  for (const one of versions)
    if (isVersion(one) && (newest === null || compareVersions(one, newest) > 0)) newest = one;
  return newest;
}
