/** The entries of a room's result: every chain followed from its first link, the answers' changes collected by sitting. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { jsonIn } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { AnswerChange } from '../../exam/answer/fold-answers.ts';
import type { CodeName } from '../../exam/code/desk.ts';
import { SeatLeases } from '../../exam/answer/seat-leases.ts';
import type { ItemResponses } from '../../exam/paper/response.ts';
import { link } from '../../journal/chain.ts';
import type { Head } from '../../journal/entry.ts';
import { EpochOrder } from '../../journal/epoch.ts';
import { readHeader } from '../../journal/ledger.ts';
import { storedEntrySchema } from '../../journal/segment.ts';

export interface ReadEntries {
  readonly entries: number;
  readonly heads: ReadonlyMap<string, Head>;
  readonly changes: ReadonlyMap<string, AnswerChange[]>;
  /** Changes that do not count: the room gave the seat that made them no lease of the sitting. They stay in the result as evidence. */
  readonly foreignChanges: number;
  /** One-time codes that the room used, in whatever session. */
  readonly codesUsed: readonly CodeName[];
}

const usedCodeSchema = z.object({
  challenge: z.string().max(20),
  session: z.string().max(64),
  room: z.string().max(64),
});

/**
 * Follows every chain from its first entry; the first that does not fit refuses the whole result, and so does an answer without what was
 * answered.
 * @param room whose word says which seat wrote for whom.
 */
export async function readEntries(file: string, room: string): Promise<Result<ReadEntries>> {
  const heads = new Map<string, Head>();
  const found: { subject: string; change: Omit<AnswerChange, 'epoch'>; origin: string; epoch: string }[] = [];
  const order = new EpochOrder();
  const leases = new SeatLeases();
  const codes: CodeName[] = [];
  let entries = 0;
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (line === '') continue;
    const stored = storedEntrySchema.safeParse(jsonIn(line));
    const header = stored.success ? readHeader(stored.data) : null;
    if (!stored.success || !header) return refuse({ type: 'result-unreadable', line: entries + 1 });
    const key = `${header.origin} ${header.epoch}`;
    const fits = link(stored.data, header, heads.get(key) ?? null, () => null);
    if (!fits.ok || fits.value === 'known')
      return refuse({
        type: 'chain-broken',
        origin: header.origin,
        seq: header.seq,
        what: fits.ok ? 'twice' : fits.refusal.type,
      });
    heads.set(key, { origin: header.origin, epoch: header.epoch, seq: header.seq, hash: fits.value.hash });
    entries++;
    order.take({ kind: header.kind, place: header, data: header.data });
    if (header.origin === room) {
      leases.take(header);
      const used = header.kind === 'code-used' ? usedCodeSchema.safeParse(header.data) : null;
      if (used?.success) codes.push(used.data);
    }
    if (header.kind !== 'answer-changed') continue;
    // One that never had a content answers nothing; one that lost it must not count as that.
    if (stored.data.payload === null && header.pay !== null)
      return refuse({ type: 'answer-missing', origin: header.origin, seq: header.seq });
    found.push({
      subject: header.subject,
      origin: header.origin,
      epoch: header.epoch,
      change: {
        item: String(header.data['item']),
        attempt: Number(header.data['attempt']),
        lease: Number(header.data['lease']),
        seq: header.seq,
        at: header.at,
        responses: responsesIn(stored.data.payload),
      },
    });
  }
  const changes = new Map<string, AnswerChange[]>();
  let foreignChanges = 0;
  for (const { subject, change, origin, epoch } of found) {
    if (!leases.counts(subject, change.lease, origin)) {
      foreignChanges++;
      continue;
    }
    const place = { origin, epoch, seq: change.seq };
    if (leases.afterHandIn(subject, change.lease, place, (one) => order.rank(origin, one))) continue;
    const sitting = subject.replace(/^sitting:/, '');
    const list = changes.get(sitting) ?? [];
    list.push({ ...change, epoch: order.rank(origin, epoch) });
    changes.set(sitting, list);
  }
  return ok({ entries, heads, changes, foreignChanges, codesUsed: codes });
}

/** A seat that is not what it should be can write anything: what are no responses answers nothing, and keeps nobody else's result out. */
function responsesIn(payload: string | null): ItemResponses {
  const said = payload === null ? null : jsonIn(payload);
  const responses = (said as { responses?: unknown } | null)?.responses;
  return typeof responses === 'object' && responses !== null && !Array.isArray(responses)
    ? (responses as ItemResponses)
    : {};
}
