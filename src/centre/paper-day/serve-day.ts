/** What sites fetch of exams on paper; the paths: `exam/paper-day/exchange.ts`. */
import { readFile, rm } from 'node:fs/promises';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { toBase64 } from '../../base/bytes.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { answer, parse, sendStream } from '../../courier/https/parent.ts';
import { addressOf } from '../../courier/https/peer.ts';
import { keyOpenedSchema, type DayOffers, type KeyOpened } from '../../exam/paper-day/exchange.ts';
import { releaseAt } from '../../exam/project/release.ts';
import { orderOf } from '../authorise/release-order.ts';
import type { Centre } from '../centre.ts';
import { dayEventOf, eventOnDay } from './event-day.ts';
import { recordDayFetch } from './fetches.ts';
import { accessKeyId, keyProblem, makeAccessKey, releaseOfDay } from './grants/give-out.ts';
import { accessOf, grantsOf } from './grants/grants.ts';
import { consoleKeys } from '../reserve-consoles/reserve-consoles.ts';
import { toldElsewhere } from './told-elsewhere.ts';
import { siteMaterials } from './materials/site-materials.ts';

interface AskingSite {
  readonly projectId: string;
  readonly siteCode: string;
  /** Which of its consoles asks; not given: the first one. */
  readonly nodeId?: string;
}

/** @param siteOf whoever asks, when it is a site of this centre */
export function dayRoutes(centre: Centre, siteOf: (c: Context) => Result<AskingSite>): (app: Hono) => void {
  const forSite =
    (serve: (c: Context, site: AskingSite) => Promise<Response>) =>
    async (c: Context): Promise<Response> => {
      const site = siteOf(c);
      return site.ok ? serve(c, site.value) : answer(c, site, 403);
    };
  return (app) => {
    app.get(
      '/paper-day/events',
      forSite(async (c, site) => answer(c, ok(await offersFor(centre, site)))),
    );
    app.get(
      '/paper-day/materials/:event/:revision',
      forSite((c, site) => sendMaterials(centre, c, site)),
    );
    app.get(
      '/paper-day/keys/:event/:number',
      forSite((c, site) => sendKey(centre, c, site)),
    );
    app.get(
      '/paper-day/release/:event',
      forSite(async (c, site) => {
        const of = { ...site, eventId: c.req.param('event') ?? '' };
        const secret = await releaseOfDay(centre, of);
        if (secret.ok)
          await recordDayFetch(centre, {
            ...of,
            what: 'release',
            number: null,
            taken: { way: 'online', address: addressOf(c) },
          });
        return answer(c, secret.ok ? ok({ secret: toBase64(secret.value) }) : secret);
      }),
    );
    app.post(
      '/paper-day/opened',
      forSite(async (c, site) => {
        const told = await parse(c, keyOpenedSchema);
        return answer(c, told.ok ? await keepOpened(centre, site, told.value) : told);
      }),
    );
  };
}

/** Of every event for which something is prepared for the site. */
export async function offersFor(
  centre: Centre,
  { projectId, siteCode, nodeId }: AskingSite,
): Promise<DayOffers> {
  const { db } = centre;
  const rows = await db
    .selectFrom('site_material')
    .innerJoin('event', 'event.id', 'site_material.event_id')
    .select('event.id')
    .where('event.project_id', '=', projectId)
    .where('site_material.site_code', '=', siteCode)
    .orderBy('event.date')
    .orderBy('event.code')
    .execute();
  const consoles = await consoleKeys(db, { projectId, siteCode });
  const asking = consoles.find((one) => one.nodeId === nodeId) ?? consoles[0] ?? null;
  const events: DayOffers['events'] = [];
  for (const { id: eventId } of rows) {
    const event = await eventOnDay(db, projectId, eventId);
    const materials = await siteMaterials(centre, projectId, eventId, siteCode);
    if (!event.ok || !materials.ok) continue;
    const { startAt, policy } = event.value;
    const order = await orderOf(centre, projectId, eventId);
    const grants = await grantsOf(db, eventId, siteCode);
    const access = await accessOf(db, eventId, siteCode);
    const problem =
      grants.length === 0 ? null : keyProblem(access, grants.at(-1), asking?.sealingKey ?? null);
    const { parcel, revision } = materials.value;
    const elsewhere = await toldElsewhere(db, { eventId, siteCode, nodeId: asking?.nodeId ?? '' });
    events.push({
      event: dayEventOf(event.value),
      startAt,
      releaseAt: startAt === null ? null : releaseAt({ startAt, policy }, order),
      held: order.held?.reason ?? null,
      materials: {
        id: parcel.manifest.id,
        revision,
        size: parcel.size,
        parts: parcel.manifest.parts.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
      },
      keys:
        problem === null
          ? grants
              .filter((one) => !one.void)
              .map((one) => ({
                id: accessKeyId({ projectId, eventId, siteCode }, one),
                number: one.number,
                madeAt: one.madeAt,
              }))
          : [],
      problem,
      ...(elsewhere === null ? {} : { elsewhere }),
    });
  }
  return { consoles: consoles.map(({ sealingKey }) => sealingKey), events };
}

const numberSchema = z.coerce.number().int().min(1).max(1_000_000);

async function sendMaterials(centre: Centre, c: Context, site: AskingSite): Promise<Response> {
  const eventId = c.req.param('event') ?? '';
  const revision = numberSchema.safeParse(c.req.param('revision'));
  const materials = await siteMaterials(centre, site.projectId, eventId, site.siteCode);
  if (!materials.ok) return answer(c, materials);
  // Another one since it was offered: bytes of two revisions are never put together.
  if (!revision.success || revision.data !== materials.value.revision)
    return answer(c, refuse({ type: 'no-such-parcel' }));
  // What was cut off and is asked for again is the same download.
  if (c.req.header('range') === undefined)
    await recordDayFetch(centre, {
      ...site,
      eventId,
      what: 'materials',
      number: revision.data,
      taken: { way: 'online', address: addressOf(c) },
    });
  return sendStream(c, materials.value.parcel);
}

async function sendKey(centre: Centre, c: Context, site: AskingSite): Promise<Response> {
  const of = { ...site, eventId: c.req.param('event') ?? '' };
  const number = numberSchema.safeParse(c.req.param('number'));
  if (!number.success) return answer(c, refuse({ type: 'no-such-parcel' }));
  const made = await makeAccessKey(centre, of, number.data);
  if (!made.ok) return answer(c, made);
  const content = await readFile(made.value.file);
  await rm(made.value.file, { force: true });
  await recordDayFetch(centre, {
    ...of,
    what: 'access-key',
    number: number.data,
    taken: { way: 'online', address: addressOf(c) },
  });
  return c.body(new Uint8Array(content), 200, { 'content-type': 'application/octet-stream' });
}

/** The same said again changes nothing. Refusal `no-access-key` */
export async function keepOpened(
  centre: Centre,
  { projectId, siteCode }: Pick<AskingSite, 'projectId' | 'siteCode'>,
  { eventId, number, station, tokenSerial, at }: KeyOpened,
): Promise<Result<void>> {
  const grant = await centre.db
    .selectFrom('access_grant')
    .innerJoin('event', 'event.id', 'access_grant.event_id')
    .select('number')
    .where('event.project_id', '=', projectId)
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .where('number', '=', number)
    .executeTakeFirst();
  if (!grant) return refuse({ type: 'no-access-key' });
  const kept = await centre.db
    .insertInto('access_use')
    .values({ event_id: eventId, site_code: siteCode, number, station, token_serial: tokenSerial, at })
    .onConflict((conflict) => conflict.columns(['event_id', 'site_code', 'number', 'station']).doNothing())
    .executeTakeFirst();
  if (kept.numInsertedOrUpdatedRows === 0n) return ok();
  await centre.node.journal.append([
    {
      kind: 'access-key-used',
      subject: `event:${eventId}`,
      data: { site: siteCode, number, station, token: tokenSerial, at },
    },
  ]);
  centre.changed.notify();
  return ok();
}
