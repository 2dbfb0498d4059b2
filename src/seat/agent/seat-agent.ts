/**
 * The seat's agent: keeps what the candidate answers in its own journal, ships it to the room, and does what the room orders. It goes on
 * without the room; everything it must know after a restart stands in its data folder.
 */
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { ExchangeClient } from '../../courier/https/client.ts';
import { pairWithParent } from '../../courier/https/child.ts';
import { Uplink } from '../../courier/https/uplink.ts';
import type { ItemResponses } from '../../exam/paper/response.ts';
import { foundSchema, seatOrderSchema, type SeatOrder } from '../../exam/session/seat-order.ts';
import { receiptCode } from '../../exam/sitting/receipt-code.ts';
import type { Draft } from '../../journal/entry.ts';
import { JournalFailure } from '../../journal/journal.ts';
import { changeSignal } from '../../node/change-signal.ts';
import { programVersion } from '../../node/indicators.ts';
import type { Node } from '../../node/node.ts';
import { parseStartPhrase } from '../../trust/release.ts';
import type { PaperForScreen, SeatState } from '../contract.ts';
import { AnswerFiles } from './answer-files.ts';
import { SeatAnswers } from './answers.ts';
import { carriedAnswersSchema } from './carried-answers.ts';
import { followOrders } from './follow-orders.ts';
import { PaperShelf, type OpenPaper } from './paper.ts';
import { checkResponses } from './check-responses.ts';
import { seatView } from './seat-view.ts';
import { claimSchema, heardOrderSchema, seatMembershipSchema, type Claim } from './stored.ts';

const helloEveryMs = 3_000;

export class SeatAgent {
  readonly changed = changeSignal();
  readonly #node: Node;
  readonly #shelf: PaperShelf;
  readonly #files: AnswerFiles;
  #link: { client: ExchangeClient; uplink: Uplink; stop: AbortController; following: Promise<void> } | null =
    null;
  #order: SeatOrder | null = null;
  /** Room time and own steady clock when the order was heard. */
  #heard: { at: number; monotonic: number } | null = null;
  #claim: Claim | null;
  #answers: SeatAnswers | null = null;
  #paper: OpenPaper | null = null;
  #opening: Promise<void> | null = null;
  #revision = 0;
  #notice: Refusal | null = null;
  #screens = 0;

  constructor(node: Node) {
    this.#node = node;
    this.#shelf = new PaperShelf(join(node.data, 'papers'));
    this.#files = new AnswerFiles(node);
    this.#claim = node.settings.read('claim', claimSchema);
    const heard = node.settings.read('order', heardOrderSchema);
    if (heard) {
      this.#order = heard.order;
      this.#heard = { at: node.clock.now() + heard.offsetMs, monotonic: node.clock.monotonic() };
    }
    if (this.#claim) {
      const answers = (this.#answers = new SeatAnswers(this.#claim));
      node.journal.replay((entry) => {
        if (entry.place.origin === node.id) answers.take(entry);
      });
    }
    node.journal.feed((entries) => {
      for (const { entry } of entries) if (entry.place.origin === node.id) this.#answers?.take(entry);
    });
    this.#connect();
    void this.#openPaper();
  }

  state(): SeatState {
    const { settings } = this.#node;
    return seatView({
      paired: settings.read('membership', seatMembershipSchema) !== null,
      roomOnline: this.#link?.uplink.state.online ?? false,
      order: this.#order,
      claim: this.#claim,
      paperOpen: this.#paper !== null && this.#paper.sittingId === this.#claim?.sittingId,
      roomNow: this.#roomNow(),
      pending: (this.#link?.uplink.state.pending ?? 0) + this.#files.pending,
      kept: this.#answers?.kept((epoch) => this.#acknowledged(epoch)) ?? {},
      revision: this.#revision,
      notice: this.#notice,
    });
  }

  /** Keeps count of open screens: the room shows a seat whose screen is gone as away. @returns call it when the screen goes. */
  screenOpened(): () => void {
    this.#screens++;
    return () => {
      this.#screens--;
    };
  }

  async pair(roomAddress: string, pairingCode: string): Promise<Result<void>> {
    const node = this.#node;
    if (
      this.#claim?.confirmed &&
      ['answering', 'locked', 'countdown', 'waiting'].includes(this.state().phase)
    )
      return refuse({ type: 'seat-in-use' });
    const paired = await pairWithParent<{ roomCode: string }>({
      address: roomAddress.trim(),
      code: pairingCode,
      child: { role: 'seat', code: node.id, id: node.id },
      keys: node.keys,
      details: { computer: hostname() },
    });
    if (!paired.ok) return paired;
    await this.#disconnect();
    node.settings.write('membership', {
      roomAddress: roomAddress.trim(),
      certPem: paired.value.certPem,
      roomSigningKey: paired.value.parentKeys.signingKey,
      roomCode: paired.value.welcome.roomCode,
      pairedAt: node.clock.now(),
    });
    this.#setClaim(null);
    this.#order = null;
    this.#connect();
    this.#show();
    return ok();
  }

  async signIn(admissionNumber: string): Promise<Result<void>> {
    const { phase } = this.state();
    if (phase !== 'ready' && !(phase === 'signed-in' && !this.#claim?.confirmed))
      return refuse({ type: 'seat-in-use' });
    const session = this.#order?.session;
    if (!session) return refuse({ type: 'sign-in-not-open' });
    const answer = await this.#ask('/sitting/look-up', { admissionNumber });
    if (!answer.ok) return answer;
    const found = foundSchema.safeParse(answer.value);
    if (!found.success) return refuse({ type: 'parent-not-understood' });
    this.#setClaim({
      ...found.data,
      projectId: session.projectId,
      sessionId: session.id,
      confirmed: false,
      lease: 0,
      attempt: 1,
      startWords: null,
      openedAt: null,
      carried: [],
      receipt: null,
    });
    this.#show();
    return ok();
  }

  async confirm(confirmed: boolean): Promise<Result<void>> {
    const claim = this.#claim;
    if (!claim || claim.confirmed) return refuse({ type: 'nobody-to-confirm' });
    if (!confirmed) {
      this.#setClaim(null);
      this.#show();
      return ok();
    }
    const told = await this.#command('/sitting/sign-in', { sittingId: claim.sittingId, lease: 0 });
    if (!told.ok) return told;
    const { sitting } = told.value;
    if (!sitting || sitting.id !== claim.sittingId) return refuse({ type: 'parent-not-understood' });
    const carried = await this.#carriedAnswers(claim.sittingId);
    if (!carried.ok) return carried;
    this.#setClaim({
      ...claim,
      confirmed: true,
      lease: sitting.lease,
      attempt: sitting.attempt,
      carried: carried.value,
    });
    this.#link?.uplink.nudge();
    await this.#takeOrder(told.value);
    // Somebody who goes on after an interruption has read the rules already.
    return sitting.rulesRead ? this.rulesRead() : ok();
  }

  async rulesRead(): Promise<Result<void>> {
    const claim = this.#claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const told = await this.#command('/sitting/rules-read', {
      sittingId: claim.sittingId,
      lease: claim.lease,
    });
    if (!told.ok) return told;
    await this.#takeOrder(told.value);
    return ok();
  }

  /** The words that the invigilator reads out open the paper on a seat that was cut off at the start. */
  async startPhrase(text: string): Promise<Result<void>> {
    const claim = this.#claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const words = parseStartPhrase(text);
    if (!words.ok) return words;
    const opened = await this.#shelf.open(claim, words.value);
    if (!opened.ok)
      return opened.refusal.type === 'paper-not-here' ? opened : refuse({ type: 'wrong-start-phrase' });
    this.#paper = opened.value;
    this.#setClaim({ ...claim, startWords: words.value, openedAt: claim.openedAt ?? this.#roomNow() });
    this.#show();
    return ok();
  }

  paper(): Result<PaperForScreen> {
    const { phase } = this.state();
    const paper = this.#paper;
    if ((phase !== 'answering' && phase !== 'locked') || !paper || !this.#answers)
      return refuse({ type: 'not-started' });
    return ok({
      instance: paper.instance,
      responses: this.#answers.responses(),
      flagged: this.#answers.flagged,
      viewed: this.#answers.viewed,
      files: Object.fromEntries(paper.instance.files.map((file) => [file.path, file.digest])),
    });
  }

  /** A file of the open paper; null when there is none, or the paper is not open to the candidate. */
  paperFile(digest: string): { mediaType: string; content: Uint8Array } | null {
    if (this.state().phase !== 'answering') return null;
    const found = this.#paper?.files.get(digest);
    return found ? { mediaType: found.file.mediaType, content: found.content } : null;
  }

  /** Resolves after the fsync. @returns where the change is kept. */
  async answer(item: string, responses: ItemResponses): Promise<Result<'seat' | 'room'>> {
    const working = this.#working();
    if (!working.ok) return working;
    const content = this.#paper?.instance.items.find((one) => one.identifier === item);
    if (!content) return refuse({ type: 'no-such-item', item });
    const checked = checkResponses(content.item, responses);
    if (!checked.ok) return checked;
    const files = this.#files.expect(checked.value, this.#answers?.carriedFiles() ?? new Set());
    if (!files.ok) return files;
    const kept = await this.#keep('answer-changed', { item }, { responses });
    return kept.ok ? ok('seat') : kept;
  }

  flag(item: string, flagged: boolean): Promise<Result<void>> {
    const working = this.#working();
    return working.ok ? this.#keep('item-flagged', { item, flagged }) : Promise.resolve(working);
  }

  view(item: string): Promise<Result<void>> {
    const working = this.#working();
    return working.ok ? this.#keep('item-viewed', { item }) : Promise.resolve(working);
  }

  async keepFile(
    body: AsyncIterable<Uint8Array>,
    expected: { size: number | null; digest: string | null },
  ): Promise<Result<{ digest: string }>> {
    const working = this.#working();
    if (!working.ok) return working;
    const kept = await this.#files.keep(body, expected);
    this.#deliverFiles();
    return kept;
  }

  async acknowledgeLock(): Promise<Result<void>> {
    const claim = this.#claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const told = await this.#command('/sitting/unlock', { sittingId: claim.sittingId, lease: claim.lease });
    if (told.ok) await this.#takeOrder(told.value);
    return told.ok ? ok() : told;
  }

  /** Only when the room has every answer: what is handed in is complete. */
  async handIn(): Promise<Result<void>> {
    const working = this.#working();
    if (!working.ok) return working;
    const claim = this.#claim as Claim;
    const link = this.#link;
    if (!link) return refuse({ type: 'room-unreachable' });
    const shipped = await this.#shipEverything();
    if (!shipped.ok) return shipped;
    const { origin, epoch } = this.#node.journal.self;
    const head = this.#node.journal.head(origin, epoch);
    if (!head) throw new Error('a journal without its first entry');
    const ask = { sittingId: claim.sittingId, lease: claim.lease, head };
    let told = await this.#command('/sitting/hand-in', ask);
    if (!told.ok && told.refusal.type === 'answer-files-missing') {
      const lost = lostFilesSchema.safeParse(told.refusal);
      this.#files.wanted(lost.data?.files ?? [], Number.MAX_SAFE_INTEGER);
      const again = await this.#files.deliverAll(link.client, this.#roomAddress());
      if (!again.ok) return again;
      told = await this.#command('/sitting/hand-in', ask);
    }
    if (!told.ok) return told;
    this.#setClaim({ ...claim, receipt: receiptCode(head.hash) });
    await this.#takeOrder(told.value);
    return ok();
  }

  /** Frees the seat for the next candidate. */
  leave(): Result<void> {
    const { phase } = this.state();
    if (!['handed-in', 'moved', 'ended', 'absent'].includes(phase)) return refuse({ type: 'seat-in-use' });
    if (phase !== 'moved' && (this.#link?.uplink.state.pending ?? 0) + this.#files.pending > 0)
      return refuse({ type: 'answers-still-on-their-way' });
    this.#setClaim(null);
    this.#paper = null;
    this.#link?.uplink.nudge();
    this.#show();
    return ok();
  }

  async close(): Promise<void> {
    await this.#disconnect();
  }

  #working(): Result<void> {
    const { phase } = this.state();
    if (phase === 'answering') return ok();
    if (phase === 'ended') return refuse({ type: 'time-over' });
    if (phase === 'moved') return refuse({ type: 'moved-elsewhere' });
    if (phase === 'handed-in') return refuse({ type: 'already-handed-in' });
    if (phase === 'locked') return refuse({ type: 'screen-locked' });
    return refuse({ type: 'not-started' });
  }

  async #keep(
    kind: string,
    data: { item: string; flagged?: boolean },
    payload?: Draft['payload'],
  ): Promise<Result<void>> {
    const claim = this.#claim as Claim;
    try {
      await this.#node.journal.append([
        {
          kind,
          subject: `sitting:${claim.sittingId}`,
          data: {
            ...data,
            lease: claim.lease,
            attempt: claim.attempt,
            mono: Math.round(this.#node.clock.monotonic()),
          },
          ...(payload === undefined ? {} : { payload }),
        },
      ]);
    } catch (error) {
      if (error instanceof JournalFailure) return refuse({ type: 'journal-failed', reason: error.reason });
      throw error;
    }
    this.#show();
    return ok();
  }

  async #shipEverything(): Promise<Result<void>> {
    const link = this.#link;
    if (!link) return refuse({ type: 'room-unreachable' });
    const files = await this.#files.deliverAll(link.client, this.#roomAddress());
    if (!files.ok) return files;
    await link.uplink.flush();
    const { online, pending, problem } = link.uplink.state;
    if (pending === 0) return ok();
    return online
      ? refuse({ type: 'answers-still-on-their-way' })
      : (problem && refuse(problem)) || refuse({ type: 'room-unreachable' });
  }

  async #carriedAnswers(sittingId: string): Promise<Result<Claim['carried']>> {
    const link = this.#link;
    if (!link) return refuse({ type: 'room-unreachable' });
    const answer = await link.client.get<unknown>(`/sitting/${encodeURIComponent(sittingId)}/answers`);
    if (!answer.ok) return answer;
    const parsed = carriedAnswersSchema.safeParse(answer.value);
    return parsed.success ? ok(parsed.data.answers) : refuse({ type: 'parent-not-understood' });
  }

  async #ask(path: string, body: unknown): Promise<Result<unknown>> {
    return this.#link ? this.#link.client.post<unknown>(path, body) : refuse({ type: 'room-unreachable' });
  }

  async #command(path: string, body: unknown): Promise<Result<SeatOrder>> {
    const answer = await this.#ask(path, body);
    if (!answer.ok) return answer;
    const order = seatOrderSchema.safeParse(answer.value);
    return order.success ? ok(order.data) : refuse({ type: 'parent-not-understood' });
  }

  /** What the room says now holds. Of a sitting that it does not mention, its last word stays. */
  async #takeOrder(said: SeatOrder): Promise<void> {
    const { clock, settings } = this.#node;
    const claimed = this.#claim?.sittingId ?? null;
    const before = this.#order?.sitting ?? null;
    const order =
      said.sitting === null && before !== null && before.id === claimed ? { ...said, sitting: before } : said;
    const changed = !sameOrder(this.#order, order);
    this.#order = order;
    this.#heard = { at: said.at, monotonic: clock.monotonic() };
    this.#files.wanted(order.wantedFiles, said.at);
    this.#deliverFiles();
    if (changed) settings.write('order', { order, offsetMs: said.at - clock.now() });
    const words = order.startWords;
    if (
      words &&
      this.#claim?.confirmed &&
      this.#claim.sessionId === order.session?.id &&
      !this.#claim.startWords
    )
      this.#setClaim({ ...this.#claim, startWords: words });
    await this.#openPaper();
    const session = order.session;
    if (
      this.#link &&
      session &&
      order.approved &&
      (session.signInOpen || session.startsAt !== null) &&
      !session.ended
    )
      void this.#fetchPaper(this.#link.client, session.id);
    if (changed) this.#show();
  }

  async #fetchPaper(client: ExchangeClient, sessionId: string): Promise<void> {
    if (this.#shelf.holds(sessionId)) return;
    const fetched = await this.#shelf.fetch(client, sessionId);
    if (!fetched.ok) {
      this.#node.log.warn({ refusal: fetched.refusal }, 'paper not fetched yet');
      return;
    }
    await this.#openPaper();
    this.#show();
  }

  #openPaper(): Promise<void> {
    this.#opening ??= this.#open().finally(() => (this.#opening = null));
    return this.#opening;
  }

  async #open(): Promise<void> {
    const claim = this.#claim;
    if (!claim?.startWords || !claim.confirmed || claim.receipt !== null) return;
    if (this.#paper?.sittingId === claim.sittingId || !this.#shelf.holds(claim.sessionId)) return;
    const opened = await this.#shelf.open(claim, claim.startWords);
    if (!opened.ok) {
      this.#notice = opened.refusal;
      this.#node.log.error({ refusal: opened.refusal }, 'the paper does not open; it is fetched again');
      await this.#shelf.discard(claim.sessionId);
      return;
    }
    this.#notice = null;
    this.#paper = opened.value;
    const now = this.#claim;
    if (now?.sittingId === claim.sittingId && now.openedAt === null)
      this.#setClaim({ ...now, openedAt: this.#roomNow() });
    this.#show();
  }

  #setClaim(claim: Claim | null): void {
    const before = this.#claim;
    this.#claim = claim;
    if (claim) this.#node.settings.write('claim', claim);
    else this.#node.settings.remove('claim');
    const another =
      claim?.sittingId !== before?.sittingId ||
      claim?.lease !== before?.lease ||
      claim?.attempt !== before?.attempt;
    if (!another) return;
    this.#answers = claim ? new SeatAnswers(claim) : null;
    const answers = this.#answers;
    if (!answers) return;
    this.#node.journal.replay((entry) => {
      if (entry.place.origin === this.#node.id) answers.take(entry);
    });
  }

  /** In the background; what does not arrive now is tried again with the room's next word. */
  #deliverFiles(): void {
    const link = this.#link;
    if (!link || this.#files.delivering || this.#files.pending === 0) return;
    void this.#files.deliverAll(link.client, this.#roomAddress()).then(
      (delivered) => {
        if (!delivered.ok) this.#node.log.warn({ refusal: delivered.refusal }, 'files not delivered yet');
        this.#show();
      },
      (error: unknown) => this.#node.log.error({ err: error }, 'files not delivered'),
    );
  }

  #connect(): void {
    const node = this.#node;
    const membership = node.settings.read('membership', seatMembershipSchema);
    if (!membership || this.#link) return;
    const client = new ExchangeClient(
      { address: membership.roomAddress, certPem: membership.certPem },
      node.keys.tls,
    );
    const uplink = new Uplink({
      client,
      parentSigningKey: membership.roomSigningKey,
      journal: node.journal,
      clock: node.clock,
      version: programVersion,
      intervalMs: helloEveryMs,
      ships: (origin) => origin === node.id,
      status: () => ({
        computer: hostname().slice(0, 100),
        pending: (this.#link?.uplink.state.pending ?? 0) + this.#files.pending,
        sittingId: this.#claim?.confirmed ? this.#claim.sittingId : null,
        lease: this.#claim?.lease ?? 0,
        screenOpen: this.#screens > 0,
      }),
      onNotices: async (said) => {
        const order = seatOrderSchema.safeParse(said);
        if (order.success) await this.#takeOrder(order.data);
        else node.log.error({ issues: order.error.issues }, 'order not understood');
      },
      onState: () => this.#show(),
    });
    const stop = new AbortController();
    const following = followOrders(client, stop.signal, (order) => this.#takeOrder(order), node.log);
    this.#link = { client, uplink, stop, following };
    this.#deliverFiles();
  }

  async #disconnect(): Promise<void> {
    const link = this.#link;
    if (!link) return;
    this.#link = null;
    link.stop.abort();
    await link.uplink.stop();
    await link.following;
  }

  #roomAddress(): string {
    return this.#node.settings.read('membership', seatMembershipSchema)?.roomAddress ?? '';
  }

  #acknowledged(epoch: string): number {
    return this.#link?.uplink.acknowledged(this.#node.id, epoch) ?? 0;
  }

  #roomNow(): number {
    const { clock } = this.#node;
    return this.#heard ? this.#heard.at + (clock.monotonic() - this.#heard.monotonic) : clock.now();
  }

  #show(): void {
    this.#revision++;
    this.changed.notify();
  }
}

const lostFilesSchema = z.object({ files: z.array(z.string().regex(/^[0-9a-f]{64}$/)) });

/** Alike but for the moment at which it was said. */
function sameOrder(a: SeatOrder | null, b: SeatOrder): boolean {
  return a !== null && JSON.stringify({ ...a, at: 0 }) === JSON.stringify({ ...b, at: 0 });
}
