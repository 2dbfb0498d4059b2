/** An answer in words, for people who look through what was kept: values as the candidate's screen sent them, files by their names. */

/** @returns one text for each response that has a value, with its identifier where there are several. */
export function responseWords(responses: Readonly<Record<string, unknown>>): string[] {
  const said = Object.entries(responses).flatMap(([name, value]) => {
    const words = valueWords(value);
    return words === '' ? [] : [[name, words] as const];
  });
  return said.length === 1
    ? said.map(([, words]) => words)
    : said.map(([name, words]) => `${name}: ${words}`);
}

function valueWords(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(valueWords).join(', ');
  if (typeof value !== 'object') return String(value);
  const { file } = value as { file?: { name?: unknown; digest?: unknown } };
  if (file) return `${String(file.name)} (${String(file.digest).slice(0, 12)})`;
  return Object.entries(value)
    .map(([field, one]) => `${field} ${valueWords(one)}`)
    .join(', ');
}
