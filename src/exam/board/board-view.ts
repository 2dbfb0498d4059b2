/** The board as its viewers hear it: everything once, and then what changes. Both sides of the stream share this file. */
import * as z from 'zod';
import { alarmSchema, silentMs, type WatchedSession, watchedFrom, watchedUntil } from './alarms.ts';
import { siteFactsSchema, stageOf, type BoardTotals, type SiteFacts } from './site-facts.ts';

const time = z.number().int();

export const boardSiteSchema = siteFactsSchema.extend({ alarms: z.array(alarmSchema) });
export type BoardSite = z.infer<typeof boardSiteSchema>;

/** Counts of the whole session in one minute. */
export const sampleSchema = z.object({
  at: time,
  signedIn: z.number().int(),
  inExam: z.number().int(),
  handedIn: z.number().int(),
});
export type Sample = z.infer<typeof sampleSchema>;

export const boardMessageSchema = z.object({
  at: time,
  /** null: the project has no session. */
  sessionId: z.string().nullable(),
  /** True: everything, in the order of the codes; false: what is new since the message before. */
  whole: z.boolean(),
  sites: z.array(boardSiteSchema),
  /** Sites of which nothing is new but that they were heard: code and moment. */
  contacts: z.array(z.tuple([z.string(), time])),
  samples: z.array(sampleSchema),
});
export type BoardMessage = z.infer<typeof boardMessageSchema>;

export interface BoardView {
  readonly at: number;
  readonly sessionId: string | null;
  readonly sites: readonly BoardSite[];
  readonly samples: readonly Sample[];
}

/** Folds one viewer's messages. What did not change keeps its identity. */
export function boardFold(): (message: BoardMessage) => BoardView {
  let view: BoardView = { at: 0, sessionId: null, sites: [], samples: [] };
  let places = new Map<string, number>();
  return ({ at, sessionId, whole, sites, contacts, samples }) => {
    if (whole) {
      places = new Map(sites.map((site, i) => [site.code, i]));
      view = { at, sessionId, sites, samples };
      return view;
    }
    if (sites.length > 0 || contacts.length > 0) {
      const now = [...view.sites];
      for (const site of sites) {
        const place = places.get(site.code);
        if (place !== undefined) now[place] = site;
      }
      for (const [code, lastContact] of contacts) {
        const place = places.get(code);
        const before = place === undefined ? undefined : now[place];
        if (place !== undefined && before) now[place] = { ...before, lastContact };
      }
      view = { ...view, sites: now };
    }
    view = { ...view, at, samples: samples.length > 0 ? [...view.samples, ...samples] : view.samples };
    return view;
  };
}

/** Every view that a stream of messages makes, from its whole one on. */
export async function* boardViews(messages: AsyncIterable<BoardMessage>): AsyncGenerator<BoardView> {
  const fold = boardFold();
  for await (const message of messages) yield fold(message);
}

/** A site's one mark on the map: what is wrong goes before how far it has come. */
export const siteStates = [
  'alarm',
  'acknowledged',
  'unregistered',
  'preparing',
  'ready',
  'running',
  'ended',
  'reported',
] as const;
export type SiteState = (typeof siteStates)[number];

export function stateOf(site: BoardSite): SiteState {
  if (site.alarms.some(({ acknowledged }) => acknowledged === null)) return 'alarm';
  if (site.alarms.length > 0) return 'acknowledged';
  const stage = stageOf(site);
  if (stage === 'unregistered' || stage === 'reported') return stage;
  if (stage === 'started') return 'running';
  if (stage === 'ended' || stage === 'collected') return 'ended';
  return stage === 'calibrated' || stage === 'verified' ? 'ready' : 'preparing';
}

/** Was there no contact for a while? Of one that never registered there cannot be any. */
export function isSilent(site: Pick<SiteFacts, 'registeredAt' | 'lastContact'>, now: number): boolean {
  return site.registeredAt !== null && (site.lastContact === null || now - site.lastContact > silentMs);
}

/** Is a sample of this minute worth its row? On the session's day, and for as long as somebody is at work. */
export function worthSampling(session: WatchedSession, { sites, rooms }: BoardTotals, now: number): boolean {
  if (sites === 0) return false;
  const underWay = rooms.started > 0 && rooms.ended < rooms.started;
  const over = rooms.all > 0 && rooms.ended >= rooms.all;
  return underWay || (!over && now >= watchedFrom(session) && now <= watchedUntil(session));
}
