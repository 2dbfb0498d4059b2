/** A desk for one-time codes: follows the node's journal for those of the rooms below, reads requests, issues answers. */
import * as z from 'zod';
import { fromBase64 } from '../base/bytes.ts';
import { ok, type Result } from '../base/result.ts';
import {
  codeName,
  deskCodeSchema,
  evolveDesk,
  type CodeCall,
  type DeskCode,
  type DeskCodes,
} from '../exam/code/desk.ts';
import { readRequest } from '../exam/code/permit.ts';
import { plainChallenge } from '../exam/code/request.ts';
import type { RoomPackage } from '../exam/package/room-package.ts';
import { readStored, type Journal } from '../journal/journal.ts';
import { answerFor } from '../trust/one-time-code.ts';
import type { Settings } from './settings.ts';

/** A start reads on from here: a centre's journal has millions of entries, and few of them are codes. */
const keptSchema = z.object({ position: z.number().int(), codes: z.array(deskCodeSchema) });
const keepEvery = 5_000;

export class CodeDesk {
  readonly #journal: Pick<Journal, 'append'>;
  readonly #settings: Settings;
  #codes: DeskCodes;
  #position: number;
  #keptPosition: number;

  constructor(journal: Pick<Journal, 'after' | 'append' | 'feed'>, settings: Settings, changed: () => void) {
    this.#journal = journal;
    this.#settings = settings;
    const kept = settings.read('code-desk', keptSchema);
    this.#codes = new Map((kept?.codes ?? []).map((one) => [codeName(one), one]));
    this.#position = this.#keptPosition = kept?.position ?? 0;
    for (;;) {
      const rows = journal.after(this.#position, 5_000);
      for (const row of rows) {
        if (row.header.includes('"kind":"code-')) this.#codes = evolveDesk(this.#codes, readStored(row));
        this.#position = row.position;
      }
      if (rows.length === 0) break;
    }
    this.#keep();
    journal.feed((entries) => {
      const before = this.#codes;
      for (const { entry, position } of entries) {
        this.#codes = evolveDesk(this.#codes, entry);
        this.#position = position;
      }
      if (this.#codes !== before || this.#position > this.#keptPosition + keepEvery) this.#keep();
      if (this.#codes !== before) changed();
    });
  }

  get codes(): DeskCodes {
    return this.#codes;
  }

  /** Newest first. */
  list(sessions: ReadonlySet<string>): DeskCode[] {
    return [...this.#codes.values()]
      .filter(({ session }) => sessions.has(session))
      .toSorted((a, b) => timeOf(b) - timeOf(a));
  }

  /**
   * Answers a request, after who permits it and why is on the disk.
   * @param desk who asks the policy. @returns 8 digits; refusals of `readRequest`.
   */
  async issue(
    content: RoomPackage,
    call: CodeCall,
    desk: 'centre' | 'site',
    { reason, by }: { readonly reason: string; readonly by: string },
  ): Promise<Result<{ answer: string }>> {
    const read = readRequest(content, call, desk);
    if (!read.ok) return read;
    const { challenge, action, amount, session, room, candidate, codeKey } = read.value;
    const plain = plainChallenge(challenge);
    if (!plain.ok) return plain;
    await this.#journal.append([
      {
        kind: 'code-issued',
        subject: `code:${challenge}`,
        data: {
          challenge,
          action,
          candidate: candidate?.index ?? 0,
          amount,
          session,
          room,
          reason,
          by,
        },
      },
    ]);
    return ok({ answer: answerFor(fromBase64(codeKey), plain.value) });
  }

  #keep(): void {
    if (this.#position === this.#keptPosition) return;
    this.#settings.write('code-desk', { position: this.#position, codes: [...this.#codes.values()] });
    this.#keptPosition = this.#position;
  }
}

function timeOf({ asked, issued, used, accepted }: DeskCode): number {
  return Math.max(asked?.at ?? 0, issued?.at ?? 0, used?.at ?? 0, accepted?.at ?? 0);
}
