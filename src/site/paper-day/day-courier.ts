/**
 * What a site and its centre have for each other on contact: events come down, statuses, journals and wanted packages go up, the centre's words come
 * back. What is to go stands in the database, so that a site that was killed, or cut off for days, goes on where it was.
 */
import { rm } from 'node:fs/promises';
import * as z from 'zod';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { deliver } from '../../courier/https/child.ts';
import { handedUpSchema } from '../../exam/paper-day/hand-up.ts';
import { keyOpenedSchema } from '../../exam/paper-day/exchange.ts';
import { failureRefusal } from '../../journal/journal.ts';
import type { ParcelKind } from '../../parcel/parcel.ts';
import { sha256Hex } from '../../trust/digest.ts';
import type { Site } from '../site.ts';
import { askForEvents, paperEvents } from './events.ts';
import { waitingPackages, packagesOf } from './forms/packages.ts';
import { markSent } from './forms/send.ts';
import { fetchWords, keepWords } from './forms/words.ts';
import { makeDayParcel } from './monitoring/day-parcel.ts';
import { newestJournals } from './monitoring/journals.ts';
import { stagesOf } from './monitoring/stages.ts';
import { statusesTold } from './monitoring/statuses-told.ts';

/** A centre that gives out no exams on paper is not asked with every hello. */
const askEveryMs = 60_000;
const wordsEveryMs = 20_000;
/** After a refusal, which will be the same a moment later; whoever does not want to wait presses the button. */
const restMs = 5 * 60_000;

export interface DaySending {
  /** Of a package or a journal. */
  readonly name: string;
  readonly sent: number;
  readonly total: number;
}

/** What was handed up of each event's day, by digest of what it said. */
const toldSchema = z.record(z.string(), z.string());

export class DayCourier {
  readonly #site: () => Site;
  #round: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #sending: DaySending | null = null;
  readonly #refused = new Map<string, Refusal>();
  #restUntil = -Infinity;
  #askedAt = -Infinity;
  #wordsAt = -Infinity;

  constructor(site: () => Site) {
    this.#site = site;
  }

  get sending(): DaySending | null {
    return this.#sending;
  }

  /** Why the centre did not take something, by its digest; as of the last try of this program. */
  refused(digest: string): Refusal | null {
    return this.#refused.get(digest) ?? null;
  }

  /** The centre is there. */
  contact(): void {
    if (this.#round === null) this.#run();
  }

  /** Somebody wants it now. */
  go(): void {
    this.#restUntil = -Infinity;
    if (this.#round === null) this.#run();
    else this.#again = true;
  }

  /** Resolves when the round that runs is over. */
  async settled(): Promise<void> {
    while (this.#round) await this.#round;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.settled();
  }

  #run(): void {
    if (this.#stopped || this.#site().link === null) return;
    this.#round = this.#exchange()
      .catch((error: unknown) => {
        const { node } = this.#site();
        // A disk that is full says so on every page; anything else is ours.
        if (!failureRefusal(error)) node.log.error({ err: error }, 'the day’s exchange failed');
        this.#restUntil = node.clock.monotonic() + restMs;
      })
      .finally(() => {
        this.#round = null;
        this.#sending = null;
        if (!this.#again) return;
        this.#again = false;
        this.#run();
      });
  }

  async #exchange(): Promise<void> {
    const site = this.#site();
    const now = site.node.clock.monotonic();
    if (now - this.#askedAt >= askEveryMs) {
      this.#askedAt = now;
      const asked = await askForEvents(site);
      if (!asked.ok) site.node.log.debug({ why: asked.refusal }, 'no events of exams on paper');
    }
    if (now < this.#restUntil) return;
    for (const step of [this.#days, this.#uses, this.#journals, this.#packages, this.#words]) {
      if (this.#stopped) return;
      const done = await step.call(this, site);
      if (done.ok) continue;
      // The next contact tries again, and at once.
      if (done.refusal.type === 'parent-unreachable') return;
      this.#restUntil = site.node.clock.monotonic() + restMs;
    }
  }

  /** Statuses and stages, where they are other ones than the centre has. */
  async #days(site: Site): Promise<Result<void>> {
    const { settings } = site.node;
    for (const { event } of paperEvents(site)) {
      const told = statusesTold(site, event.id);
      const stages = stagesOf(site, event.id);
      const says = sha256Hex(JSON.stringify([told, stages]));
      const before = settings.read('paper-days-handed-up', toldSchema) ?? {};
      // Readiness is checked two weeks before the first status.
      const isSilent = told.length === 0 && stages.every(({ said }) => !said);
      if ((isSilent && before[event.id] === undefined) || before[event.id] === says) continue;
      const made = await makeDayParcel(site, event.id);
      if (!made.ok) return made;
      try {
        const sent = await this.#deliver(site, 'site-day', made.value.fileName, made.value.file);
        if (!sent.ok) return sent;
      } finally {
        await rm(made.value.file, { force: true });
      }
      settings.write('paper-days-handed-up', { ...before, [event.id]: says });
    }
    return ok();
  }

  /** Which keys were opened where, as the stations' journals say. */
  async #uses(site: Site): Promise<Result<void>> {
    const { db } = site.node;
    const rows = db.prepare('SELECT * FROM paper_key_use WHERE handed_up_at IS NULL ORDER BY at').all();
    for (const row of rows) {
      const use = keyOpenedSchema.parse({
        eventId: row['event_id'],
        number: row['number'],
        station: row['station'],
        tokenSerial: row['token'],
        at: row['at'],
      });
      const told = await site.link?.client.post<unknown>('/paper-day/opened', use);
      if (!told) return refuse({ type: 'site-not-registered-at-centre' });
      if (!told.ok) return told;
      db.prepare(
        'UPDATE paper_key_use SET handed_up_at = ? WHERE event_id = ? AND number = ? AND station = ?',
      ).run(site.node.clock.now(), use.eventId, use.number, use.station);
    }
    return ok();
  }

  async #journals(site: Site): Promise<Result<void>> {
    const { node } = site;
    for (const { event } of paperEvents(site))
      for (const { digest, fileName, handedUpAt } of newestJournals(site, event.id).values()) {
        if (handedUpAt !== null) continue;
        const sent = await this.#deliver(site, 'station-journal', fileName, node.blobs.path(digest), digest);
        if (!sent.ok) return sent;
        node.db
          .prepare('UPDATE paper_journal SET handed_up_at = ? WHERE digest = ?')
          .run(node.clock.now(), digest);
        await node.journal.append([
          { kind: 'station-journal-handed-up', subject: `event:${event.id}`, data: { digest } },
        ]);
        site.changed.notify();
      }
    return ok();
  }

  async #packages(site: Site): Promise<Result<void>> {
    let failed: Result<void> = ok();
    for (const one of waitingPackages(site)) {
      if (this.#stopped) return ok();
      const event = eventOf(site, one.id);
      const sent = await this.#deliver(
        site,
        one.kind,
        one.fileName,
        site.node.blobs.path(one.digest),
        one.digest,
      );
      if (!sent.ok) {
        if (sent.refusal.type === 'parent-unreachable') return sent;
        // One that the centre does not take keeps no other out.
        failed = sent;
        continue;
      }
      await markSent(site, event, one.id, 'online');
      const said = handedUpSchema.safeParse(sent.value);
      if (said.success && said.data.word) await keepWords(site, [said.data.word]);
      site.changed.notify();
    }
    return failed;
  }

  /** As long as there is something of which the centre has not said the last word. */
  async #words(site: Site): Promise<Result<void>> {
    const now = site.node.clock.monotonic();
    if (now - this.#wordsAt < wordsEveryMs) return ok();
    this.#wordsAt = now;
    for (const { event } of paperEvents(site)) {
      const open = packagesOf(site, event.id).some(
        ({ sentAt, state, quality }) => sentAt !== null && (state !== 'confirmed' || quality === 'checking'),
      );
      const fetched = open ? await fetchWords(site, event.id) : ok();
      if (!fetched.ok && fetched.refusal.type !== 'no-packages-yet') return fetched;
    }
    return ok();
  }

  async #deliver(
    site: Site,
    kind: ParcelKind,
    name: string,
    file: string,
    digest: string = name,
  ): Promise<Result<unknown>> {
    const membership = site.membership();
    if (!site.link || !membership) return refuse({ type: 'site-not-registered-at-centre' });
    const show = (sent: number, total: number): void => {
      this.#sending = { name, sent, total };
      site.changed.notify();
    };
    const sent = await deliver<unknown>({
      client: site.link.client,
      address: membership.centreAddress,
      childId: site.node.id,
      file,
      kind,
      onProgress: show,
    });
    this.#sending = null;
    if (sent.ok || sent.refusal.type === 'parent-unreachable') this.#refused.delete(digest);
    else this.#refused.set(digest, sent.refusal);
    site.changed.notify();
    return sent;
  }
}

function eventOf({ node }: Site, packageId: string): string {
  const row = node.db.prepare('SELECT event_id FROM paper_package WHERE id = ?').get(packageId);
  return String(row?.['event_id']);
}
