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
import type { FileReference } from '../../exam/paper/response.ts';
import type { UplinkState } from '../../courier/https/uplink.ts';
import { foundSchema, type SeatOrder } from '../../exam/session/seat-order.ts';
import type { SeatNow } from '../../exam/remote-control/may-obey.ts';
import type { ScreenProgram } from '../../exam/remote-control/order.ts';
import { receiptCode } from '../../exam/sitting/receipt-code.ts';
import { failureRefusal } from '../../journal/journal.ts';
import { changeSignal } from '../../node/change-signal.ts';
import type { Node } from '../../node/node.ts';
import { parseStartPhrase, startKeyFromPhrase } from '../../trust/release.ts';
import type { KeptChange, PaperForScreen, SeatState } from '../contract.ts';
import { SeatEnvironment } from '../environment/seat-environment.ts';
import { Recordings } from '../recording/recordings.ts';
import { SpokenAnswers } from '../recording/spoken-answers.ts';
import { PracticalWork, type WorkFolderOptions } from '../practical/practical-work.ts';
import { thisFolderSystem } from '../practical/system/this-system.ts';
import { ExamBrowserGuard } from '../exam-browser/guard.ts';
import { AnswerFiles } from './answer-files.ts';
import { packageSource } from './answer-package.ts';
import { CandidateWork, type AnswerChange } from './candidate-work.ts';
import { PackageShelf } from './package-shelf.ts';
import { PaperShelf, type OpenPaper } from './paper.ts';
import { RoomLink } from './room-link.ts';
import { RoomWord } from './room-word.ts';
import { forgetCandidates } from './forget-candidates.ts';
import { deadlineOf, nextTurn, seatView, type SeatKnowledge } from './seat-view.ts';
import { seatMembershipSchema, type SeatMembership } from './stored.ts';

/** What was typed before the time was over, or before the screen was locked, is still on its way for a moment: it is taken so long, ms. */
const graceMs = 5_000;

export class SeatAgent {
  readonly changed = changeSignal();
  /** For the invigilator: answers as a file. */
  readonly packages: PackageShelf;
  readonly environment: SeatEnvironment;
  readonly spoken: SpokenAnswers;
  readonly practical: PracticalWork;
  readonly examBrowser: ExamBrowserGuard;
  readonly #node: Node;
  readonly #shelf: PaperShelf;
  readonly #files: AnswerFiles;
  readonly #work: CandidateWork;
  readonly #room: RoomWord;
  #link: RoomLink | null = null;
  /** Of the candidate who is signing in; only in memory. */
  #photo: string | null = null;
  #paper: OpenPaper | null = null;
  #opening: Promise<void> | null = null;
  readonly #run = newId();
  #revision = 0;
  #phase: SeatState['phase'] = 'unpaired';
  /** Own steady clock until which what is on its way from the screen is taken, although the candidate no longer works. */
  #graceUntil = 0;
  #cancelTurn: () => void = () => undefined;
  #cancelSettling: () => void = () => undefined;
  #notice: Refusal | null = null;
  #screens = 0;
  #screenProgram: ScreenProgram = { state: 'closed', problem: null };
  /** The room's last word stands in memory only. */
  #unwritten = false;

  constructor(node: Node, workFolders: WorkFolderOptions) {
    this.#node = node;
    this.#shelf = new PaperShelf(join(node.data, 'papers'));
    this.#files = new AnswerFiles(node);
    this.#work = new CandidateWork(node, this.#files);
    this.#room = new RoomWord(node);
    this.spoken = new SpokenAnswers({
      recordings: new Recordings(node),
      work: this.#work,
      files: this.#files,
    });
    this.packages = new PackageShelf(node, async () => {
      await this.#settleSpoken();
      return packageSource(this.#knowledge());
    });
    this.examBrowser = new ExamBrowserGuard(() => this.#link?.nudge());
    this.examBrowser.follow(this.#room.order?.examBrowser ?? null);
    this.environment = new SeatEnvironment({
      node,
      room: {
        ask: (path, body) => this.#ask((link) => link.ask(path, body)),
        fetchBytes: (path) => this.#ask((link) => link.fetchBytes(path)),
      },
      screenOpen: () => this.#screens > 0,
      onChange: () => this.#show(),
    });
    this.practical = new PracticalWork({
      ...workFolders,
      node,
      system: thisFolderSystem(),
      files: this.#files,
      responses: (item) => this.#work.responsesTo(item),
      isNamed: (digest) => this.#work.answerFile(digest) !== null,
      answer: (item, response, file) => this.#answerFromFolder(item, response, file),
      fetch: (sittingId, digest, file) => this.#ask((link) => link.fetchAnswerFile(sittingId, digest, file)),
      onChange: () => this.#show(),
    });
    this.#connect();
  }

  /** Opens the paper that was open before a restart: call it before a screen is served, so that nobody is shown another page meanwhile. */
  async resume(): Promise<void> {
    await this.#openPaper();
    const over = this.#room.now() - (deadlineOf(this.#knowledge()) ?? Infinity);
    if (over >= 0) this.#over(graceMs - over);
    this.#show();
  }

  /** The room's last word. */
  get order(): SeatOrder | null {
    return this.#room.order;
  }

  state(): SeatState {
    return seatView(this.#knowledge());
  }

  #knowledge(): SeatKnowledge {
    const link = this.#link;
    return {
      paired: link !== null,
      roomOnline: link?.online ?? false,
      order: this.#room.order,
      claim: this.#work.claim,
      photo: this.#photo,
      paperOpen: this.#paper !== null && this.#paper.sittingId === this.#work.claim?.sittingId,
      roomNow: this.#room.now(),
      pending: link?.pending ?? 0,
      kept: this.#work.kept((epoch) => link?.acknowledged(epoch) ?? 0),
      run: this.#run,
      revision: this.#revision,
      notice: this.#notice,
      environmentAsks: this.environment.asks,
      practical: this.practical.view,
    };
  }

  /** Keeps count of open screens: the room shows a seat whose screen is gone as away. @returns call it when the screen goes. */
  screenOpened(): () => void {
    this.#screens++;
    return () => {
      this.#screens--;
    };
  }

  /** The browser that this program has started: the room is told at once. */
  tellScreen(program: ScreenProgram): void {
    this.#screenProgram = program;
    this.#link?.nudge();
  }

  /** The room's wall clock by this seat's reckoning, ms. */
  roomNow(): number {
    return this.#room.now();
  }

  askRoom(path: string, body: unknown): Promise<Result<unknown>> {
    return this.#ask((link) => link.ask(path, body));
  }

  seatNow(): Omit<SeatNow, 'insisted'> {
    const { phase } = this.state();
    const working = ['signed-in', 'waiting', 'countdown', 'answering', 'locked'].includes(phase);
    return {
      atWork: working && this.#work.claim?.confirmed === true,
      formal: this.order?.mock !== true,
      pending: this.#link?.pending ?? 0,
    };
  }

  /** What candidates have left here goes; the seat stays with its room. */
  async forgetCandidates(): Promise<Result<void>> {
    this.#work.hold(null);
    this.#paper = null;
    this.#photo = null;
    this.#show();
    return this.#shown(forgetCandidates(this.#node, [this.practical, this.spoken]));
  }

  /** The room of the pairing; null: none yet. */
  get room(): SeatMembership | null {
    return this.#node.settings.read('membership', seatMembershipSchema);
  }

  /** How the connection to the room is; null: not paired. */
  get link(): UplinkState | null {
    return this.#link?.state ?? null;
  }

  /** The room answers at another address now: it proved itself there by its certificate. */
  async roomMoved(roomAddress: string): Promise<void> {
    const membership = this.room;
    const before = this.#link;
    if (!membership || !before) return;
    this.#node.settings.write('membership', { ...membership, roomAddress });
    // In one go: without any connection the screen would say that this seat has no room.
    this.#link = null;
    this.#connect();
    this.#show();
    await before.close();
  }

  /** @param pin SHA-256 of the room's certificate; null: any room that knows the code. */
  async pair(roomAddress: string, pairingCode: string, pin: string | null = null): Promise<Result<void>> {
    const node = this.#node;
    if (
      this.#work.claim?.confirmed &&
      ['answering', 'locked', 'countdown', 'waiting'].includes(this.state().phase)
    )
      return refuse({ type: 'seat-in-use' });
    const paired = await pairWithParent<{ roomCode: string }>({
      address: roomAddress.trim(),
      code: pairingCode,
      pin,
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
    this.#work.hold(null);
    this.#room.forget();
    this.#connect();
    this.#show();
    return ok();
  }

  /** 修改机位号: the room decides. */
  async changeNumber(number: number): Promise<Result<void>> {
    return this.#work.claim ? refuse({ type: 'seat-in-use' }) : this.#command('/seat/number', { number });
  }

  async signIn(admissionNumber: string): Promise<Result<void>> {
    const { phase } = this.state();
    if (phase !== 'ready' && !(phase === 'signed-in' && !this.#work.claim?.confirmed))
      return refuse({ type: 'seat-in-use' });
    const session = this.#room.order?.session;
    if (!session) return refuse({ type: 'sign-in-not-open' });
    const answer = await this.#ask((link) => link.ask('/sitting/look-up', { admissionNumber }));
    if (!answer.ok) return answer;
    const found = foundSchema.safeParse(answer.value);
    if (!found.success) return refuse({ type: 'parent-not-understood' });
    const { photo, ...person } = found.data;
    this.#photo = photo;
    this.#work.hold({
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
    const claim = this.#work.claim;
    if (!claim || claim.confirmed) return refuse({ type: 'nobody-to-confirm' });
    if (!confirmed) {
      this.#work.hold(null);
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
    this.#work.hold({
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
    const claim = this.#work.claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const { sittingId, lease } = claim;
    return this.#command('/sitting/rules-read', { sittingId, lease });
  }

  /** The words that the invigilator reads out open the paper on a seat that was cut off at the start. */
  async startPhrase(text: string): Promise<Result<void>> {
    const claim = this.#work.claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const words = parseStartPhrase(text);
    if (!words.ok) return words;
    const startKey = await startKeyFromPhrase(words.value, claim.sessionId);
    const opened = await this.#shelf.open(claim, startKey);
    if (!opened.ok)
      return opened.refusal.type === 'paper-not-here' ? opened : refuse({ type: 'wrong-start-phrase' });
    const now = this.#work.claim;
    if (now?.sittingId !== claim.sittingId) return refuse({ type: 'not-signed-in' });
    this.#paper = opened.value;
    this.#work.hold({ ...now, startKey: toHex(startKey), openedAt: now.openedAt ?? this.#room.now() });
    this.#show();
    return ok();
  }

  paper(): Result<PaperForScreen> {
    const { phase } = this.state();
    const open = phase === 'answering' || phase === 'locked' ? this.#paper : null;
    const shown = open && this.#work.onPaper(open);
    return shown ? ok(shown) : refuse({ type: 'not-started' });
  }

  /** A file of the open paper; null when there is none, or the paper is not open to the candidate. */
  paperFile(digest: string): { mediaType: string; content: Uint8Array } | null {
    if (this.state().phase !== 'answering') return null;
    const found = this.#paper?.files.get(digest);
    return found ? { mediaType: found.file.mediaType, content: found.content } : null;
  }

  /** A file that this candidate's answers name, to be shown again; null when it is not here, or not the candidate's. */
  async answerFile(digest: string): Promise<{ mediaType: string; content: Uint8Array } | null> {
    if (this.state().phase !== 'answering') return null;
    const reference = this.#work.answerFile(digest);
    const content = reference && (await this.#node.blobs.read(digest));
    return content ? { mediaType: reference.mediaType, content } : null;
  }

  /** Resolves after the fsync. @returns the change's number, and where it is kept. */
  async answer(change: AnswerChange): Promise<Result<KeptChange>> {
    const working = this.#stillTaken();
    if (!working.ok) return working;
    return this.#paper
      ? this.#shown(this.#work.answer(change, this.#paper))
      : refuse({ type: 'not-started' });
  }

  async #answerFromFolder(
    item: string,
    response: string,
    file: FileReference | null,
  ): Promise<Result<KeptChange>> {
    const working = this.#stillTaken();
    if (!working.ok) return working;
    const kept = await this.#shown(this.#work.answerFromFolder(item, response, file));
    this.#link?.sendFiles();
    return kept;
  }

  async flag(item: string, flagged: boolean): Promise<Result<unknown>> {
    const working = this.#working();
    return working.ok ? this.#shown(this.#work.flag(item, flagged)) : working;
  }

  async view(item: string): Promise<Result<unknown>> {
    const working = this.#working();
    return working.ok ? this.#shown(this.#work.view(item)) : working;
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

  /** Resolves after the piece is on the disk. */
  async takeRecording(piece: Parameters<SpokenAnswers['take']>[0]): Promise<Result<void>> {
    const working = this.#stillTaken();
    if (!working.ok) return working;
    return this.#paper ? this.spoken.take(piece, this.#paper) : refuse({ type: 'not-started' });
  }

  async finishRecording(recording: Parameters<SpokenAnswers['finish']>[0]): Promise<Result<FileReference>> {
    const working = this.#stillTaken();
    if (!working.ok) return working;
    const finished = await this.spoken.finish(recording);
    this.#link?.sendFiles();
    return finished;
  }

  async acknowledgeLock(): Promise<Result<void>> {
    const claim = this.#work.claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const { sittingId, lease } = claim;
    return this.#command('/sitting/unlock', { sittingId, lease });
  }

  /** Only when the room has every answer: what is handed in is complete. Of a working folder it is what lies there now. */
  async handIn(): Promise<Result<void>> {
    const working = this.#working();
    if (!working.ok) return working;
    const settled = await this.#settleSpoken();
    if (!settled.ok) return settled;
    try {
      const taken = await this.practical.takeEverything();
      return taken.ok ? await this.#handIn() : taken;
    } finally {
      this.practical.release();
    }
  }

  async #handIn(): Promise<Result<void>> {
    const shipped = await this.#ask((link) => link.shipEverything());
    if (!shipped.ok) return shipped;
    const { origin, epoch } = this.#node.journal.self;
    const head = this.#node.journal.head(origin, epoch);
    if (!head) throw new Error('a journal without its first entry');
    const claim = this.#work.claim;
    if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
    const { sittingId, lease } = claim;
    // Before the question: when its answer is lost, the room's next word still ends the exam with its receipt.
    this.#work.hold({ ...claim, handInHead: head.hash });
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
    this.spoken.forget();
    this.#work.hold(null);
    this.#paper = null;
    this.#link?.nudge();
    this.#show();
    return ok();
  }

  async close(): Promise<void> {
    this.#cancelTurn();
    this.#cancelSettling();
    const link = this.#link;
    this.#link = null;
    await this.environment.close();
    await link?.close();
    await this.practical.close();
  }

  /** @param forMs what is on its way from the screen is taken; then what was recorded without an end becomes the answer. */
  #over(forMs: number): void {
    this.#graceUntil = this.#node.clock.monotonic() + forMs;
    this.#cancelSettling();
    this.#cancelSettling = systemTimers.after(Math.max(0, forMs), () => {
      if (this.#phase !== 'ended') return;
      this.#settleSpoken().then(
        (settled) => {
          // A full disk may have space again.
          if (!settled.ok) this.#over(graceMs);
        },
        (error: unknown) => this.#node.log.error({ err: error }, 'recordings not settled'),
      );
    });
  }

  async #settleSpoken(): Promise<Result<void>> {
    if (this.spoken.unsettled === 0) return ok();
    const settled = await this.#shown(this.spoken.settle());
    if (!settled.ok) this.#node.log.error({ refusal: settled.refusal }, 'a recording is not the answer yet');
    this.#link?.sendFiles();
    return settled;
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

  /** The screen shows what was kept. */
  async #shown<T>(keeping: Promise<Result<T>>): Promise<Result<T>> {
    const kept = await keeping;
    if (kept.ok) this.#show();
    return kept;
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

  async #takeOrder(said: SeatOrder): Promise<void> {
    const taken = this.#room.take(said, this.#work.claim?.sittingId ?? null);
    if (!taken) return;
    const { order, changed } = taken;
    this.environment.follow(order.approved ? order.environment : null);
    this.examBrowser.follow(order.examBrowser);
    this.#files.wanted(order.wantedFiles, said.at);
    this.#link?.sendFiles();
    if (changed || this.#unwritten) this.#remember(() => this.#room.keep());
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
    const claim = this.#work.claim;
    if (!claim?.confirmed || claim.sessionId !== order.session?.id) return;
    const startKey = claim.startKey ?? order.startKey;
    const { sitting } = order;
    const handedIn =
      sitting?.status === 'handed-in' && sitting.id === claim.sittingId && sitting.lease === claim.lease;
    const receipt =
      claim.receipt ?? (handedIn && claim.handInHead !== null ? receiptCode(claim.handInHead) : null);
    if (startKey !== claim.startKey || receipt !== claim.receipt)
      this.#remember(() => this.#work.hold({ ...claim, startKey, receipt }));
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
    const claim = this.#work.claim;
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
    const now = this.#work.claim;
    if (now?.sittingId === claim.sittingId && now.openedAt === null)
      this.#remember(() => this.#work.hold({ ...now, openedAt: this.#room.now() }));
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

  #connect(): void {
    const node = this.#node;
    const membership = node.settings.read('membership', seatMembershipSchema);
    if (!membership || this.#link) return;
    this.#link = new RoomLink({
      node,
      membership,
      files: this.#files,
      unsettled: () => this.spoken.unsettled,
      shelf: this.#shelf,
      claim: () => this.#work.claim,
      screenOpen: () => this.#screens > 0,
      screenIn: () => this.examBrowser.seen,
      screenProgram: () => this.#screenProgram,
      onOrder: (order) => this.#takeOrder(order),
      onState: () => this.#show(),
    });
  }

  #show(): void {
    this.#revision++;
    const knowledge = this.#knowledge();
    const { phase } = seatView(knowledge);
    if (this.#phase === 'answering' && (phase === 'ended' || phase === 'locked')) this.#over(graceMs);
    this.#phase = phase;
    this.practical.follow({ claim: knowledge.claim, paper: this.#paper, phase });
    this.#cancelTurn();
    const turn = nextTurn(knowledge);
    // Without this a screen would learn of the end of its time only with the room's next word.
    if (turn !== null) this.#cancelTurn = systemTimers.after(turn - knowledge.roomNow, () => this.#show());
    this.changed.notify();
  }
}
