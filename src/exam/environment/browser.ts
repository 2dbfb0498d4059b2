/** Which browser a page runs in, from what it calls itself. */

/** Oldest versions for which the screens are built; the same as in `ui/vite.seat.ts`. */
const least = { Chrome: 109, Edge: 109, Firefox: 115, Safari: 16 } as const;
export type BrowserName = keyof typeof least;

export interface Browser {
  readonly name: BrowserName;
  readonly version: number;
  readonly least: number;
}

/** The more special one first: Edge calls itself Chrome, and Chrome calls itself Safari, too. */
const marks: readonly [BrowserName, RegExp][] = [
  ['Edge', /\bEdg(?:A|iOS)?\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Headless)?(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)(?:\.\d+)* (?:Mobile\/\S+ )?Safari\//],
];

/** null: none that is known. */
export function browserOf(userAgent: string): Browser | null {
  for (const [name, mark] of marks) {
    const version = mark.exec(userAgent)?.[1];
    if (version !== undefined) return { name, version: Number(version), least: least[name] };
  }
  return null;
}
