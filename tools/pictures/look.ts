/** A part of the tour: what goes wrong in one is said, and the rest is looked at all the same. */

export type Look = (what: string, part: () => Promise<unknown>) => Promise<void>;

/** @param only the parts of these names */
export function looking(only: RegExp, complaints: Set<string>): Look {
  return async (what, part) => {
    if (!only.test(what)) return;
    const begun = Date.now();
    try {
      await part();
    } catch (error) {
      const said = `${what}: ${error instanceof Error ? error.message.slice(0, 600) : String(error)}`;
      // At once, too: the day may end before its complaints are listed.
      console.error(said);
      complaints.add(said);
    }
    console.log(`${what}: ${Math.round((Date.now() - begun) / 1000)} s`);
  };
}
