/**
 * Gathers what is to be told into messages and hands them to the mail server. Everything that must survive stands in the database: what is waiting, and
 * who is at work on it. A message whose server has taken it and whose row does not say so yet, because the program was killed just then, goes once
 * more, with the same Message-ID.
 */
import { asResult } from '../../base/refused.ts';
import type { Refusal } from '../../base/result.ts';
import { newId } from '../../base/ids.ts';
import type { Centre } from '../centre.ts';
import { mailLanguages, type MailEvent, type MailLanguage } from './contract.ts';
import { aboutPassword, isWanted, messageAbout } from '../forgotten/messages.ts';
import { deliver } from './deliver.ts';
import { noticeAlarms, type NewAlarm } from './notices.ts';
import { serverWithPassword, type KnownServer } from './settings.ts';
import { messageOf, noticeSchema, type Notice } from './text.ts';

const tickMs = 5_000;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** What comes within that time goes in one message; what is urgent waits for less. */
export const gatherMs: Readonly<Record<MailEvent, number>> = {
  message: minuteMs,
  incident: 10_000,
  alarm: 30_000,
};
const firstPauseMs = minuteMs;
const longestPauseMs = 60 * minuteMs;
/** Longer than a try can last: nobody else takes it meanwhile. */
const atWorkMs = 5 * minuteMs;
export const givenUpAfterMs = dayMs;
const keptAfterMs = 7 * dayMs;

interface Due {
  readonly id: string;
  readonly account: string;
  readonly address: string;
  readonly language: string;
  readonly tries: number;
  readonly created_at: number;
  readonly next_at: number;
  readonly about_json: string | null;
}

type Needed = Pick<Centre, 'db' | 'node' | 'name' | 'board'>;

export class Postman {
  readonly #centre: Needed;
  readonly #onError: (error: unknown) => void;
  /** Alarms that were told of by this process. */
  #alarms = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<void> | null = null;
  #clearedAt = 0;

  constructor(centre: Needed, onError: (error: unknown) => void) {
    this.#centre = centre;
    this.#onError = onError;
  }

  start(): void {
    this.#timer = setInterval(() => void this.tick(), tickMs);
    this.#timer.unref();
  }

  /** What is on its way to the server is waited for: it is a few seconds. */
  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#working;
  }

  /** A database that is away has said so itself; everything waits for it. */
  async tick(): Promise<void> {
    this.#working ??= asResult(() => this.#work())
      .then(() => undefined, this.#onError)
      .finally(() => {
        this.#working = null;
      });
    await this.#working;
  }

  async #work(): Promise<void> {
    const server = await serverWithPassword(this.#centre.node);
    if (!server) return;
    await this.#lookForAlarms();
    await this.#gather();
    await this.#dropUnwanted();
    await this.#send(server);
    await this.#clear();
  }

  async #lookForAlarms(): Promise<void> {
    const { board, node, db } = this.#centre;
    const now = node.clock.now();
    const there = new Set<string>();
    const found: NewAlarm[] = [];
    for (const projectId of board.memory.projectIds())
      for (const { id: sessionId } of board.memory.sessions(projectId))
        for (const { code: siteCode, alarms } of board.memory.lines(projectId, sessionId, now))
          for (const { kind, since, acknowledged } of alarms) {
            if (acknowledged) continue;
            const key = `${sessionId} ${siteCode} ${kind} ${since}`;
            there.add(key);
            if (!this.#alarms.has(key)) found.push({ projectId, sessionId, siteCode, kind, since });
          }
    if (found.length > 0) await db.transaction().execute((trx) => noticeAlarms(trx, node, found));
    this.#alarms = there;
  }

  /** One message for each person whose oldest notice has waited long enough, and for whom none is on its way. */
  async #gather(): Promise<void> {
    const { db, node } = this.#centre;
    const now = node.clock.now();
    const rows = await db
      .selectFrom('mail_notice')
      .select(['account', 'created_at', 'about_json'])
      .where('mail_id', 'is', null)
      .execute();
    const due = new Set(
      rows
        .filter((row) => now >= row.created_at + gatherMs[aboutOf(row.about_json).event])
        .map(({ account }) => account),
    );
    for (const name of due) {
      const person = node.accounts.find(name);
      await db.transaction().execute(async (trx) => {
        if (!person?.active || person.email === '') {
          // Nobody is there any more to be told.
          await trx
            .deleteFrom('mail_notice')
            .where('account', '=', name)
            .where('mail_id', 'is', null)
            .execute();
          return;
        }
        const other = await trx
          .selectFrom('mail')
          .select('id')
          .where('account', '=', name)
          .where('state', '=', 'waiting')
          .where('about_json', 'is', null)
          .executeTakeFirst();
        // It goes with the next one: a server that was away for hours is not given a message for every minute.
        if (other) return;
        const id = newId();
        await trx
          .insertInto('mail')
          .values({
            id,
            account: name,
            address: person.email,
            language: person.mail.language,
            state: 'waiting',
            tries: 0,
            created_at: now,
            next_at: now,
            ended_at: null,
            problem_json: null,
            about_json: null,
          })
          .execute();
        await trx
          .updateTable('mail_notice')
          .set({ mail_id: id })
          .where('account', '=', name)
          .where('mail_id', 'is', null)
          .execute();
      });
    }
  }

  /** Codes that nobody may have or that are not asked for any more: never sent, and nothing is said of them. */
  async #dropUnwanted(): Promise<void> {
    const { db, node } = this.#centre;
    const rows = await db
      .selectFrom('mail')
      .select(['id', 'account', 'about_json'])
      .where('state', '=', 'waiting')
      .where('about_json', 'is not', null)
      .execute();
    const unwanted = rows.filter(
      ({ account, about_json: about }) => about !== null && !isWanted(node, account, aboutPassword(about)),
    );
    for (const { id } of unwanted)
      await db.deleteFrom('mail').where('id', '=', id).where('state', '=', 'waiting').execute();
  }

  async #send(server: KnownServer): Promise<void> {
    const { db, node } = this.#centre;
    const due = await db
      .selectFrom('mail')
      .select(['id', 'account', 'address', 'language', 'tries', 'created_at', 'next_at', 'about_json'])
      .where('state', '=', 'waiting')
      .where('next_at', '<=', node.clock.now())
      .orderBy('next_at')
      .orderBy('id')
      .limit(100)
      .execute();
    for (const mail of due) {
      const held = await this.#take(mail);
      if (held === null) continue;
      const problem = await this.#deliver(server, mail);
      await this.#note(mail, held, problem);
      // A server that is away is not asked again for every one of them.
      if (problem && !('address' in problem) && problem['final'] !== true) {
        await this.#postpone(mail, problem);
        return;
      }
    }
  }

  /** @returns until when it is this process's; null: another one has it. */
  async #take({ id, next_at: before }: Due): Promise<number | null> {
    const { db, node } = this.#centre;
    const until = node.clock.now() + atWorkMs;
    const taken = await db
      .updateTable('mail')
      .set({ next_at: until })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .where('next_at', '=', before)
      .executeTakeFirst();
    return taken.numUpdatedRows === 1n ? until : null;
  }

  async #deliver(server: KnownServer, mail: Due): Promise<Refusal | null> {
    const { db, name } = this.#centre;
    if (mail.about_json !== null) return this.#deliverAboutPassword(server, mail, mail.about_json);
    const rows = await db
      .selectFrom('mail_notice')
      .innerJoin('site', (join) =>
        join
          .onRef('site.project_id', '=', 'mail_notice.project_id')
          .onRef('site.code', '=', 'mail_notice.site_code'),
      )
      .select([
        'mail_notice.project_id',
        'mail_notice.site_code',
        'mail_notice.created_at',
        'mail_notice.about_json',
        'site.name',
      ])
      .where('mail_id', '=', mail.id)
      .orderBy('mail_notice.created_at')
      .orderBy('mail_notice.id')
      .execute();
    const notices = rows.map((row): Notice => ({
      about: aboutOf(row.about_json),
      project: row.project_id,
      siteCode: row.site_code,
      siteName: row.name,
      at: row.created_at,
    }));
    // All of their sites have gone from the roster.
    if (notices.length === 0) return null;
    const where = { centre: name.code, consoleAddress: server.consoleAddress };
    const message = messageOf(languageOf(mail.language), notices, where);
    const sent = await deliver(server, `Invigil ${name.code}`, { id: mail.id, to: mail.address, ...message });
    return sent.ok ? null : sent.refusal;
  }

  /** Under another Message-ID at each try: each has another code, and whoever keeps only one of two must not keep the old one. */
  async #deliverAboutPassword(server: KnownServer, mail: Due, json: string): Promise<Refusal | null> {
    const { node, name } = this.#centre;
    const about = aboutPassword(json);
    const where = { centre: name.code, consoleAddress: server.consoleAddress };
    const to = { account: mail.account, language: languageOf(mail.language) };
    const message = messageAbout(node, to, about, where);
    if (message === null) return null;
    const sent = await deliver(server, `Invigil ${name.code}`, { id: newId(), to: mail.address, ...message });
    if (!sent.ok) return sent.refusal;
    if (about.what === 'password-code')
      await node.journal.append([
        {
          kind: 'user-password-code-sent',
          subject: `user:${mail.account}`,
          data: { mail: mail.id, from: about.from },
        },
      ]);
    return null;
  }

  async #note(mail: Due, held: number, problem: Refusal | null): Promise<void> {
    const { db, node } = this.#centre;
    const now = node.clock.now();
    const over = problem !== null && (problem['final'] === true || now >= mail.created_at + givenUpAfterMs);
    const state = problem === null ? 'sent' : over ? 'given-up' : 'waiting';
    const noted = await db
      .updateTable('mail')
      .set({
        state,
        tries: mail.tries + 1,
        next_at: now + pauseMs(mail.tries),
        ended_at: state === 'waiting' ? null : now,
        problem_json: problem === null ? null : JSON.stringify(problem),
      })
      .where('id', '=', mail.id)
      .where('state', '=', 'waiting')
      // Who was away for longer than it may take finds it in other hands.
      .where('next_at', '=', held)
      .executeTakeFirst();
    if (!over || noted.numUpdatedRows === 0n) return;
    await node.journal.append([
      {
        kind: 'mail-given-up',
        subject: `user:${mail.account}`,
        data: { mail: mail.id, tries: mail.tries + 1, problem: problem.type },
      },
    ]);
  }

  async #postpone(mail: Due, problem: Refusal): Promise<void> {
    const until = this.#centre.node.clock.now() + pauseMs(mail.tries);
    await this.#centre.db
      .updateTable('mail')
      .set({ next_at: until, problem_json: JSON.stringify(problem) })
      .where('state', '=', 'waiting')
      .where('next_at', '<', until)
      .execute();
  }

  /** What was sent is forgotten after a while; what was given up longer than that, too. */
  async #clear(): Promise<void> {
    const { db, node } = this.#centre;
    const now = node.clock.now();
    if (now < this.#clearedAt + 60 * minuteMs && now >= this.#clearedAt) return;
    this.#clearedAt = now;
    await db
      .deleteFrom('mail')
      .where('state', '<>', 'waiting')
      .where('ended_at', '<', now - keptAfterMs)
      .execute();
  }
}

function pauseMs(tries: number): number {
  return Math.min(firstPauseMs * 2 ** Math.min(tries, 10), longestPauseMs);
}

function aboutOf(json: string): Notice['about'] {
  return noticeSchema.parse(JSON.parse(json));
}

export function languageOf(text: string): MailLanguage {
  return mailLanguages.find((one) => one === text) ?? 'en';
}
