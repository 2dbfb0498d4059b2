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
  const kept: Record<string, unknown> | unknown[] = Array.isArray(now) ? [] : {};
  for (const key of keys) {
    const value = keepSame(old[key], fresh[key]);
    if (value !== old[key] || !(key in old)) same = false;
    (kept as Record<string, unknown>)[key] = value;
  }
  return (same ? before : kept) as T;
}
