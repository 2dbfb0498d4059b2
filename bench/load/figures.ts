/** Progress goes to stderr: the last line on stdout is the result. */
export function say(text: string): void {
  console.error(text);
}

/** @param sorted ascending. @returns one decimal place. */
export function percentile(sorted: readonly number[], part: number): number {
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0) * 10) / 10;
}
