/**
 * Text as both databases can keep it: PostgreSQL knows no NUL and neither knows half a surrogate pair. Such a character comes from damaged or
 * hostile input; it must neither fail the whole of a result nor be kept differently by the two.
 */
export function storable(parameter: unknown): unknown {
  return typeof parameter === 'string' ? parameter.toWellFormed().replaceAll('\0', '\ufffd') : parameter;
}
