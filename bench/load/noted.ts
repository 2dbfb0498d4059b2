/** When what a server was told is with somebody who looks at a console: in its stream, and on the page. */
import type { Locator, Page } from 'playwright-core';

/** What was said: by whom, its number, and the wall clock when it was sent. */
export type Said = readonly (readonly [code: string, number: number, at: number])[];
/** `code number` → wall clock when it was first there. */
export type There = ReadonlyMap<string, number>;

/** Looks at a stream as a page does, without drawing. @returns what was there when, once it is ended */
export function noteStream(
  open: (signal: AbortSignal) => Promise<AsyncIterable<Iterable<readonly [code: string, number: number]>>>,
): { end(): There } {
  const there = new Map<string, number>();
  const stop = new AbortController();
  const watching = (async () => {
    for await (const view of await open(stop.signal)) {
      const now = Date.now();
      for (const [code, number] of view) {
        const key = `${code} ${number}`;
        if (!there.has(key)) there.set(key, now);
      }
    }
  })().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  // Cut off with the server at the latest.
  void watching;
  return {
    end() {
      stop.abort();
      return there;
    },
  };
}

/** Notes from now on when a figure of a column changes on the page, for each row that is in sight. @param name selects in a row what names it */
export async function notePage(table: Locator, { column, name }: { column: string; name: string }) {
  await table.evaluate(
    (element, wanted) => {
      const noted = new Map<string, number>();
      (globalThis as unknown as { noted: Map<string, number> }).noted = noted;
      const look = (): void => {
        const at = [...element.querySelectorAll('th')].findIndex((one) =>
          one.textContent.startsWith(wanted.column),
        );
        for (const row of element.querySelectorAll('tbody tr:not(.gap)')) {
          const key = `${row.querySelector(wanted.name)?.textContent} ${row.querySelectorAll('td')[at]?.textContent}`;
          if (!noted.has(key)) noted.set(key, Date.now());
        }
      };
      new MutationObserver(look).observe(element, { subtree: true, childList: true, characterData: true });
    },
    { column, name },
  );
}

export async function notedOn(page: Page): Promise<There> {
  return new Map(
    await page.evaluate(() => [...(globalThis as unknown as { noted: Map<string, number> }).noted]),
  );
}

/** From sending until it was there, ms, ascending; what never was is left out. */
export function delays(said: Said, there: There): number[] {
  return said
    .flatMap(([code, number, at]) => {
      const then = there.get(`${code} ${number}`);
      return then === undefined ? [] : then - at;
    })
    .toSorted((a, b) => a - b);
}
