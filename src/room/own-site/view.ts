/** What the room shows of its own site: its steps, its indicators, its part of the seal check. */
import type { CheckView, FrameView, IndicatorView, StepView } from '../../node/contract.ts';
import type { Room } from '../room.ts';
import type { OwnSiteView } from './contract.ts';

/** null: the room works with a site. */
export async function ownSiteView(room: Room): Promise<OwnSiteView | null> {
  const site = room.ownSite?.operations();
  if (!site) return null;
  const [overview, { siteCode, lockKind, lockPath }] = await Promise.all([
    site.overview.get(),
    site.setup.state(),
  ]);
  return { ...overview, siteCode, lockKind, lockPath };
}

/** Of the site's steps: those that the room shows as its own. */
export function stepOfSite(
  own: OwnSiteView,
  id: 'authorise' | 'verify',
): [id: string, done: boolean, failed?: StepView['reason']] {
  return [id, own.steps.find((step) => step.id === id)?.state === 'done'];
}

export interface OwnSiteFrame {
  readonly mode: FrameView['mode'];
  readonly indicators: readonly IndicatorView[];
}

/** The centre in place of the site, and the lock; the journal only when the site's is in trouble. */
export async function ownSiteFrame(room: Room): Promise<OwnSiteFrame | null> {
  const frame = await room.ownSite?.operations().frame();
  if (!frame) return null;
  return {
    mode: frame.mode,
    indicators: frame.indicators.filter(
      ({ id, state }) =>
        ['parent', 'lock', 'clock', 'outbox'].includes(id) || (id === 'journal' && state !== 'passed'),
    ),
  };
}

/** Each in its place; the lock, which only a site has, comes last. */
export function withOwnSite(room: readonly IndicatorView[], site: readonly IndicatorView[]): IndicatorView[] {
  const ids = new Set(room.map(({ id }) => id));
  return [
    ...room.map((one) => site.find(({ id }) => id === one.id) ?? one),
    ...site.filter(({ id }) => !ids.has(id)),
  ];
}

/** Runs the site's seal check, too, which the centre hears of. @returns what the room could not see by itself. */
export async function ownSiteChecks(room: Room): Promise<CheckView[] | null> {
  if (!room.ownSite) return null;
  const { checks } = await room.ownSite.operations().sealCheck.run();
  return checks.filter(({ id }) => ['publication-newest', 'lock-present', 'clock'].includes(id));
}

/** When the tier above last heard of the room, and with that of its seal check: the site, or without one the centre. */
export async function sealCheckToldAt(room: Room): Promise<number | null> {
  if (!room.ownSite) return room.link?.uplink.state.lastContact ?? null;
  return (await room.ownSite.operations().sealCheck.last())?.reportedAt ?? null;
}
