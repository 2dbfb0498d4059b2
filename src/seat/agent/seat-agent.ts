/**
 * The seat's agent: keeps what the candidate answers in its own journal, ships it to the room, and does what the room orders. It goes on
 * without the room; everything it must know after a restart stands in its data folder.
 */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fromHex, toHex } from '../../base/bytes.ts';
import { systemTimers } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { pairWithParent } from '../../courier/https/child.ts';
import type { ItemResponses } from '../../exam/paper/response.ts';
import { foundSchema, type SeatOrder } from '../../exam/session/seat-order.ts';
import { resumeClock } from '../../exam/session/resume-clock.ts';
import { receiptCode } from '../../exam/sitting/receipt-code.ts';
import type { Draft, Entry } from '../../journal/entry.ts';
import { failureRefusal, JournalFailure, readStored } from '../../journal/journal.ts';
import { changeSignal } from '../../node/change-signal.ts';
import type { Node } from '../../node/node.ts';
import { parseStartPhrase, startKeyFromPhrase } from '../../trust/release.ts';
import type { KeptChange, PaperForScreen, SeatState } from '../contract.ts';
import { AnswerFiles } from './answer-files.ts';
import { SeatAnswers } from './answers.ts';
import { checkResponses } from './check-responses.ts';
import { PaperShelf, type OpenPaper } from './paper.ts';
import { RoomLink } from './room-link.ts';
import { ScreenChanges, type ScreenChange } from './screen-changes.ts';
import { deadlineOf, nextTurn, seatView, type SeatKnowledge } from './seat-view.ts';
import { claimSchema, heardOrderSchema, seatMembershipSchema, type Claim } from './stored.ts';

/** What was typed before the time was over, or before the screen was locked, is still on its way for a moment: it is taken so long, ms. */
const graceMs = 5_000;
/** An order that says less than this before another was overtaken by it on the way; more, and the room's clock was set back. */
const overtakenMs = 5_000;

export class SeatAgent {
  readonly changed = changeSignal();
  readonly #node: Node;
  readonly #shelf: PaperShelf;
  readonly #files: AnswerFiles;
  #link: RoomLink | null = null;
  #order: SeatOrder | null = null;
  /** Room time and own steady clock when the order was heard. */
  #heard: { at: number; monotonic: number } | null = null;
  /** Room time of the newest order of this run. */
  #saidAt = 0;
  #claim: Claim | null;
  /** Of the candidate who is signing in; only in memory. */
  #photo: string | null = null;
  #answers: SeatAnswers | null = null;
  #paper: OpenPaper | null = null;
  #opening: Promise<void> | null = null;
  readonly #screenChanges = new ScreenChanges();
  readonly #run = newId();
  #revision = 0;
  #phase: SeatState['phase'] = 'unpaired';
  /** Own steady clock until which what is on its way from the screen is taken, although the candidate no longer works. */
  #graceUntil = 0;
  #cancelTurn: () => void = () => undefined;
  #notice: Refusal | null = null;
  #screens = 0;
  /** The room's last word stands in memory only. */
  #unwritten = false;

  constructor(node: Node) {
    this.#node = node;
    this.#shelf = new PaperShelf(join(node.data, 'papers'));
    this.#files = new AnswerFiles(node);
    this.#claim = node.settings.read('claim', claimSchema);
    const heard = node.settings.read('order', heardOrderSchema);
    if (heard) {
      this.#order = heard.order;
      const { at } = resumeClock({ lastEntryAt: lastOwnEntryAt(node), wall: node.clock.now(), site: null });
      this.#heard = { at: at + heard.offsetMs, monotonic: node.clock.monotonic() };
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
  }

  /** Opens the paper that was open before a restart: call it before a screen is served, so that nobody is shown another page meanwhile. */
  async resume(): Promise<void> {
    await this.#openPaper();
    const over = this.#roomNow() - (deadlineOf(this.#knowledge()) ?? Infinity);
    if (over >= 0) this.#graceUntil = this.#node.clock.monotonic() + graceMs - over;
    this.#show();
  }

  state(): SeatState {
    return seatView(this.#knowledge());
  }

  #knowledge(): SeatKnowledge {
    const link = this.#link;
    return {
      paired: link !== null,
      roomOnline: link?.online ?? false,
      order: this.#order,
      claim: this.#claim,
      photo: this.#photo,
      paperOpen: this.#paper !== null && this.#paper.sittingId === this.#claim?.sittingId,
      roomNow: this.#roomNow(),
      pending: link?.pending ?? 0,
      kept: this.#answers?.kept((epoch) => link?.acknowledged(epoch) ?? 0) ?? {},
      run: this.#run,
      revision: this.#revision,
      notice: this.#notice,
    };
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
    await this.close();
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
    const answer = await this.#ask((link) => link.ask('/sitting/look-up', { admissionNumber }));
    if (!answer.ok) return answer;
    const found = foundSchema.safeParse(answer.value);
    if (!found.success) return refuse({ type: 'parent-not-understood' });
    const { photo, ...person } = found.data;
    this.#photo = photo;
    this.#setClaim({
      ...person,
      projectId: session.projectId,
      sessionId: session.id,
      confirmed: false,
      lease: 0,
      attempt: 1,
      startKey: null,
      openedAt: null,
      carried: [],
      handInHead: null,
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
    const { sittingId } = claim;
    const told = await this.#ask((link) => link.command('/sitting/sign-in', { sittingId, lease: 0 }));
    if (!told.ok) return told;
    const { sitting } = told.value;
    if (!sitting || sitting.id !== sittingId) return refuse({ type: 'parent-not-understood' });
    const carried = await this.#ask((link) => link.carriedAnswers(sittingId));
    if (!carried.ok) return carried;
    this.#setClaim({
      ...claim,
      confirmed: true,
      lease: sitting.lease,
      attempt: sitting.attempt,
      carried: carried.value,
    });
    this.#link?.nudge();
    await this.#takeOrder(told.value);
    // Somebody who goes on after an interruption has read the rules already.
    return sitting.rulesRead ? this.rulesRead() : ok();
  }

  async rulesRead(): Promise<Result<void>> {
    const claim = this.#claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const { sittingId, lease } = claim;
    return this.#command('/sitting/rules-read', { sittingId, lease });
  }

  /** The words that the invigilator reads out open the paper on a seat that was cut off at the start. */
  async startPhrase(text: string): Promise<Result<void>> {
    const claim = this.#claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const words = parseStartPhrase(text);
    if (!words.ok) return words;
    const startKey = await startKeyFromPhrase(words.value, claim.sessionId);
    const opened = await this.#shelf.open(claim, startKey);
    if (!opened.ok)
      return opened.refusal.type === 'paper-not-here' ? opened : refuse({ type: 'wrong-start-phrase' });
    const now = this.#claim;
    if (now?.sittingId !== claim.sittingId) return refuse({ type: 'not-signed-in' });
    this.#paper = opened.value;
    this.#setClaim({ ...now, startKey: toHex(startKey), openedAt: now.openedAt ?? this.#roomNow() });
    this.#show();
    return ok();
  }

  paper(): Result<PaperForScreen> {
    const { phase } = this.state();
    const paper = this.#paper;
    const claim = this.#claim;
    if ((phase !== 'answering' && phase !== 'locked') || !paper || !claim || !this.#answers)
      return refuse({ type: 'not-started' });
    return ok({
      work: workOf(claim),
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

  /** Resolves after the fsync. @returns the change's number, and where it is kept. */
  async answer(change: {
    readonly item: string;
    readonly responses: ItemResponses;
    readonly from?: ScreenChange | undefined;
  }): Promise<Result<KeptChange>> {
    const { item, responses, from } = change;
    const working = this.#stillTaken();
    if (!working.ok) return working;
    // A page that was left open must not write its candidate's answers into those of the next.
    if (from && from.work !== (this.#claim && workOf(this.#claim)))
      return refuse({ type: 'moved-elsewhere' });
    const content = this.#paper?.instance.items.find((one) => one.identifier === item);
    if (!content) return refuse({ type: 'no-such-item', item });
    const checked = checkResponses(content.item, responses);
    if (!checked.ok) return checked;
    const files = this.#files.expect(checked.value, this.#answers?.carriedFiles() ?? new Set());
    if (!files.ok) return files;
    return this.#screenChanges.once(item, from, async () => {
      const kept = await this.#keep('answer-changed', { item }, { responses });
      return kept.ok ? ok({ kept: 'seat', change: this.#answers?.numberOf(kept.value.place) ?? 0 }) : kept;
    });
  }

  flag(item: string, flagged: boolean): Promise<Result<unknown>> {
    const working = this.#working();
    return working.ok ? this.#keep('item-flagged', { item, flagged }) : Promise.resolve(working);
  }

  view(item: string): Promise<Result<unknown>> {
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
    this.#link?.sendFiles();
    return kept;
  }

  async acknowledgeLock(): Promise<Result<void>> {
    const claim = this.#claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const { sittingId, lease } = claim;
    return this.#command('/sitting/unlock', { sittingId, lease });
  }

  /** Only when the room has every answer: what is handed in is complete. */
  async handIn(): Promise<Result<void>> {
    const working = this.#working();
    if (!working.ok) return working;
    const shipped = await this.#ask((link) => link.shipEverything());
    if (!shipped.ok) return shipped;
    const { origin, epoch } = this.#node.journal.self;
    const head = this.#node.journal.head(origin, epoch);
    if (!head) throw new Error('a journal without its first entry');
    const claim = this.#claim as Claim;
    const { sittingId, lease } = claim;
    // Before the question: when its answer is lost, the room's next word still ends the exam with its receipt.
    this.#setClaim({ ...claim, handInHead: head.hash });
    const told = await this.#command('/sitting/hand-in', { sittingId, lease, head });
    if (told.ok || told.refusal.type !== 'answer-files-missing') return told;
    const again = await this.#ask((link) => link.sendFilesAgain(told.refusal));
    return again.ok ? this.#command('/sitting/hand-in', { sittingId, lease, head }) : again;
  }

  /** Frees the seat for the next candidate. */
  leave(): Result<void> {
    const { phase } = this.state();
    if (!['handed-in', 'moved', 'ended', 'absent'].includes(phase)) return refuse({ type: 'seat-in-use' });
    if (phase !== 'moved' && (this.#link?.pending ?? 0) > 0)
      return refuse({ type: 'answers-still-on-their-way' });
    this.#setClaim(null);
    this.#paper = null;
    this.#link?.nudge();
    this.#show();
    return ok();
  }

  async close(): Promise<void> {
    this.#cancelTurn();
    const link = this.#link;
    this.#link = null;
    await link?.close();
  }

  /** Is the candidate at work, or was a moment ago? */
  #stillTaken(): Result<void> {
    const working = this.#working();
    const late = ['time-over', 'screen-locked'].includes(working.ok ? '' : working.refusal.type);
    return late && this.#node.clock.monotonic() < this.#graceUntil ? ok() : working;
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
  ): Promise<Result<Entry>> {
    const claim = this.#claim as Claim;
    try {
      const [entry] = await this.#node.journal.append([
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
      this.#show();
      return ok(entry as Entry);
    } catch (error) {
      if (error instanceof JournalFailure) return refuse({ type: 'journal-failed', reason: error.reason });
      throw error;
    }
  }

  #ask<T>(question: (link: RoomLink) => Promise<Result<T>>): Promise<Result<T>> {
    return this.#link ? question(this.#link) : Promise.resolve(refuse({ type: 'room-unreachable' }));
  }

  /** Asks the room for something, and does what then holds. */
  async #command(path: string, body: unknown): Promise<Result<void>> {
    const told = await this.#ask((link) => link.command(path, body));
    if (!told.ok) return told;
    await this.#takeOrder(told.value);
    return ok();
  }

  /** What the room says now holds. Of a sitting that it does not mention, its last word stays. */
  async #takeOrder(said: SeatOrder): Promise<void> {
    const { clock, settings } = this.#node;
    if (said.at < this.#saidAt && this.#saidAt - said.at < overtakenMs) return;
    this.#saidAt = said.at;
    const claimed = this.#claim?.sittingId ?? null;
    const before = this.#order?.sitting ?? null;
    const order =
      said.sitting === null && before !== null && before.id === claimed ? { ...said, sitting: before } : said;
    const changed = !sameOrder(this.#order, order);
    this.#order = order;
    this.#heard = { at: said.at, monotonic: clock.monotonic() };
    this.#files.wanted(order.wantedFiles, said.at);
    this.#link?.sendFiles();
    if (changed || this.#unwritten)
      this.#remember(() => settings.write('order', { order, offsetMs: said.at - clock.now() }));
    this.#follow(order);
    await this.#openPaper();
    const session = order.session;
    if (
      session &&
      order.approved &&
      (session.signInOpen || session.startsAt !== null) &&
      !session.ended &&
      !this.#shelf.holds(session.id)
    )
      void this.#fetchPaper(session.id);
    if (changed) this.#show();
  }

  /** What an order means for the sitting that this seat holds: the start, and the receipt of what was handed in. */
  #follow(order: SeatOrder): void {
    const claim = this.#claim;
    if (!claim?.confirmed || claim.sessionId !== order.session?.id) return;
    const startKey = claim.startKey ?? order.startKey;
    const { sitting } = order;
    const handedIn =
      sitting?.status === 'handed-in' && sitting.id === claim.sittingId && sitting.lease === claim.lease;
    const receipt =
      claim.receipt ?? (handedIn && claim.handInHead !== null ? receiptCode(claim.handInHead) : null);
    if (startKey !== claim.startKey || receipt !== claim.receipt)
      this.#remember(() => this.#setClaim({ ...claim, startKey, receipt }));
  }

  async #fetchPaper(sessionId: string): Promise<void> {
    const fetched = await this.#ask((link) => link.fetchPaper(sessionId));
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
    if (!claim?.startKey || !claim.confirmed || claim.receipt !== null) return;
    if (this.#paper?.sittingId === claim.sittingId || !this.#shelf.holds(claim.sessionId)) return;
    const opened = await this.#shelf.open(claim, fromHex(claim.startKey));
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
      this.#remember(() => this.#setClaim({ ...now, openedAt: this.#roomNow() }));
    this.#show();
  }

  /** What the room orders holds on a full disk too; it is written down as soon as there is space, at the latest with a later order. */
  #remember(write: () => void): void {
    try {
      write();
      this.#unwritten = false;
    } catch (error) {
      const refusal = failureRefusal(error);
      if (!refusal) throw error;
      this.#unwritten = true;
      this.#node.log.error({ refusal }, 'an order of the room could not be written down');
    }
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

  #connect(): void {
    const node = this.#node;
    const membership = node.settings.read('membership', seatMembershipSchema);
    if (!membership || this.#link) return;
    this.#link = new RoomLink({
      node,
      membership,
      files: this.#files,
      shelf: this.#shelf,
      claim: () => this.#claim,
      screenOpen: () => this.#screens > 0,
      onOrder: (order) => this.#takeOrder(order),
      onState: () => this.#show(),
    });
  }

  #roomNow(): number {
    const { clock } = this.#node;
    return this.#heard ? this.#heard.at + (clock.monotonic() - this.#heard.monotonic) : clock.now();
  }

  #show(): void {
    this.#revision++;
    const knowledge = this.#knowledge();
    const { phase } = seatView(knowledge);
    if (this.#phase === 'answering' && (phase === 'ended' || phase === 'locked'))
      this.#graceUntil = this.#node.clock.monotonic() + graceMs;
    this.#phase = phase;
    this.#cancelTurn();
    const turn = nextTurn(knowledge);
    // Without this a screen would learn of the end of its time only with the room's next word.
    if (turn !== null) this.#cancelTurn = systemTimers.after(turn - knowledge.roomNow, () => this.#show());
    this.changed.notify();
  }
}

/** Another one after a resume or a new attempt. */
function workOf({ sittingId, attempt, lease }: Claim): string {
  return `${sittingId} ${attempt} ${lease}`;
}

/** By this computer's clock, ms. */
function lastOwnEntryAt({ journal }: Node): number {
  const { origin, epoch } = journal.self;
  const head = journal.head(origin, epoch);
  const [last] = head ? journal.ofOrigin(origin, epoch, head.seq - 1, 1) : [];
  return last ? readStored(last).at : 0;
}

/** Alike but for the moment at which it was said. */
function sameOrder(a: SeatOrder | null, b: SeatOrder): boolean {
  return a !== null && JSON.stringify({ ...a, at: 0 }) === JSON.stringify({ ...b, at: 0 });
}
