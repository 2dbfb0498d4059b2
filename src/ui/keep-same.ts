/**
 * @returns `now`, with every part that is equal to its part in `before` replaced by that very part: what did not change keeps its identity, and React
 * leaves it alone. Both are data as JSON knows it; rows of a list are matched by their place.
 */
export function keepSame<T>(before: unknown, now: T): T {
  if (before === now || typeof before !== 'object' || typeof now !== 'object') return now;
  if (before === null || now === null || Array.isArray(before) !== Array.isArray(now)) return now;
  const [old, fresh] = [before as Record<string, unknown>, now as Record<string, unknown>];
  const keys = Object.keys(fresh);
  let same = keys.length === Object.keys(old).length;
  const parts = keys.map((key): [string, unknown] => {
    // Only what the data itself says: a key may be named as something that every object has.
    const known = Object.hasOwn(old, key);
    const value = keepSame(known ? old[key] : undefined, fresh[key]);
    if (!known || value !== old[key]) same = false;
    return [key, value];
  });
  const kept = Array.isArray(now) ? parts.map(([, value]) => value) : Object.fromEntries(parts);
  return (same ? before : kept) as T;
}
