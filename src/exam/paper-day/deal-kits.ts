/**
 * Which kit gets which variant of the question paper, and which kits are reserves. What was dealt stays: a plan may have been printed by.
 * Within a room variants follow each other in turns, in the order in which kits are handed out, so that neighbours differ. Browser-safe.
 */
export interface KitToDeal {
  readonly kit: string;
  /** '': of the whole site. */
  readonly room: string;
  /** null: not dealt yet. */
  readonly variant: number | null;
  readonly reserve: boolean | null;
}

export interface DealtKit extends KitToDeal {
  readonly reserve: boolean;
}

/** As they lie in the stack: by number, also where numbers have not one length. */
export function inOrder(one: { readonly kit: string }, other: { readonly kit: string }): number {
  const { kit: a } = one;
  const { kit: b } = other;
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/**
 * @param variants those that there are, ascending; none: nothing is printed, or everybody speaks
 * @param roomReserve how many of the last kits of each room replace others; kits without a room are all reserves of the site
 */
export function dealKits(
  kits: readonly KitToDeal[],
  variants: readonly number[],
  roomReserve: number,
): DealtKit[] {
  const byRoom = Map.groupBy(
    kits.toSorted((a, b) => (a.room < b.room ? -1 : a.room > b.room ? 1 : inOrder(a, b))),
    ({ room }) => room,
  );
  return [...byRoom.values()].flatMap((ofRoom, i) =>
    withReserves(ofRoom, roomReserve).map(inTurns(variants, i)),
  );
}

function withReserves(kits: readonly KitToDeal[], roomReserve: number): DealtKit[] {
  const missing = roomReserve - kits.filter(({ reserve }) => reserve === true).length;
  const open = kits.filter(({ reserve }) => reserve === null);
  const last = new Set(missing > 0 ? open.slice(-missing).map(({ kit }) => kit) : []);
  return kits.map((one) => ({
    ...one,
    reserve: one.room === '' || (one.reserve ?? last.has(one.kit)),
  }));
}

/** @param begin rooms begin with different variants: otherwise the first one would be used more often than the last */
function inTurns(variants: readonly number[], begin: number): (kit: DealtKit) => DealtKit {
  let next = begin;
  return (one) => {
    if (variants.length === 0) return { ...one, variant: null };
    const kept = one.variant === null ? -1 : variants.indexOf(one.variant);
    const at = kept === -1 ? next % variants.length : kept;
    next = at + 1;
    return { ...one, variant: variants[at] ?? null };
  };
}
