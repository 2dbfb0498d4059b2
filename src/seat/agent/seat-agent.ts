/**
 * The seat's agent: keeps what the candidate answers in its own journal, ships it to the room, and does what the room orders. It goes on
 * without the room; everything it must know after a restart stands in its data folder. Here its parts are put together, each with one
 * purpose, and here stands what concerns them all.
 */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import { pairWithParent } from '../../courier/https/child.ts';
import type { Node } from '../../node/node.ts';
import { SeatEnvironment } from '../environment/seat-environment.ts';
import { ExamBrowserGuard } from '../exam-browser/guard.ts';
import { PracticalWork, type WorkFolderOptions } from '../practical/practical-work.ts';
import { thisFolderSystem } from '../practical/system/this-system.ts';
import { Recordings } from '../recording/recordings.ts';
import { SpokenAnswers } from '../recording/spoken-answers.ts';
import { AnswerFiles } from './answer-files.ts';
import { packageSource } from './answer-package.ts';
import { Answering } from './answering.ts';
import { CandidatePaper } from './candidate-paper.ts';
import { CandidateScreen } from './candidate-screen.ts';
import { CandidateWork } from './candidate-work.ts';
import { CurrentPage, type PageTurn } from './current-page.ts';
import { forgetCandidates } from './forget-candidates.ts';
import { handIn } from './hand-in.ts';
import { OwnRoom } from './own-room.ts';
import { PackageShelf } from './package-shelf.ts';
import { PaperShelf } from './paper.ts';
import { RoomOrders } from './room-orders.ts';
import { RoomWord } from './room-word.ts';
import type { SeatKnowledge } from './seat-view.ts';
import { SignIn } from './sign-in.ts';
import { TimeOver } from './time-over.ts';

export class SeatAgent {
  readonly page: CurrentPage;
  readonly screen: CandidateScreen;
  readonly room: OwnRoom;
  readonly word: RoomWord;
  readonly signIn: SignIn;
  readonly paper: CandidatePaper;
  readonly answering: Answering;
  /** For the invigilator: answers as a file. */
  readonly packages: PackageShelf;
  readonly environment: SeatEnvironment;
  readonly spoken: SpokenAnswers;
  readonly practical: PracticalWork;
  readonly examBrowser: ExamBrowserGuard;
  readonly #node: Node;
  readonly #work: CandidateWork;
  readonly #orders: RoomOrders;
  readonly #timeOver: TimeOver;

  constructor(node: Node, workFolders: WorkFolderOptions) {
    this.#node = node;
    const files = new AnswerFiles(node);
    const shelf = new PaperShelf(join(node.data, 'papers'));
    const work = (this.#work = new CandidateWork(node, files));
    const word = (this.word = new RoomWord(node));
    const page = (this.page = new CurrentPage(
      () => this.#knowledge(),
      (turn) => this.#follow(turn),
    ));
    const screen = (this.screen = new CandidateScreen(() => this.room.nudge()));
    const spoken = (this.spoken = new SpokenAnswers({ recordings: new Recordings(node), work, files }));
    const examBrowser = (this.examBrowser = new ExamBrowserGuard(() => this.room.nudge()));
    examBrowser.follow(word.order?.examBrowser ?? null);
    const room = (this.room = new OwnRoom({
      node,
      files,
      shelf,
      unsettled: () => spoken.unsettled,
      claim: () => work.claim,
      screenOpen: () => screen.open,
      screenIn: () => examBrowser.seen,
      screenProgram: () => screen.program,
      onOrder: (order) => this.#orders.take(order),
      onState: () => page.show(),
    }));
    const paper = (this.paper = new CandidatePaper({ node, shelf, work, word, room, page }));
    const timeOver = (this.#timeOver = new TimeOver({ node, room, page, spoken }));
    this.answering = new Answering({ node, files, work, room, page, paper, spoken, timeOver });
    this.signIn = new SignIn({
      work,
      word,
      room,
      page,
      paper,
      spoken,
      takeOrder: (order) => this.#orders.take(order),
    });
    this.packages = new PackageShelf(node, async () => {
      await timeOver.settleSpoken();
      return packageSource(page.knows);
    });
    this.environment = new SeatEnvironment({
      node,
      room: {
        ask: (path, body) => room.ask((link) => link.ask(path, body)),
        fetchBytes: (path) => room.ask((link) => link.fetchBytes(path)),
      },
      screenOpen: () => screen.open,
      onChange: () => page.show(),
    });
    this.practical = new PracticalWork({
      ...workFolders,
      node,
      system: thisFolderSystem(),
      files,
      responses: (item) => work.responsesTo(item),
      isNamed: (digest) => work.answerFile(digest) !== null,
      answer: (item, response, file) => this.answering.answerFromFolder(item, response, file),
      fetch: (sittingId, digest, file) => room.ask((link) => link.fetchAnswerFile(sittingId, digest, file)),
      onChange: () => page.show(),
    });
    const { environment } = this;
    this.#orders = new RoomOrders({ word, work, room, page, paper, files, environment, examBrowser });
    room.connect();
  }

  /** Opens the paper that was open before a restart: call it before a screen is served, so that nobody is shown another page meanwhile. */
  async resume(): Promise<void> {
    await this.paper.openWhenReady();
    this.#timeOver.resume();
    this.page.show();
  }

  /** @param pin SHA-256 of the room's certificate; null: any room that knows the code. */
  async pair(roomAddress: string, pairingCode: string, pin: string | null = null): Promise<Result<void>> {
    const node = this.#node;
    if (
      this.#work.claim?.confirmed &&
      ['answering', 'locked', 'countdown', 'waiting'].includes(this.page.state().phase)
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
    await this.#leaveRoom();
    this.#work.hold(null);
    // Before the new room can say anything: what the room before said does not hold there.
    this.word.forget();
    this.room.joined({
      roomAddress: roomAddress.trim(),
      certPem: paired.value.certPem,
      roomSigningKey: paired.value.parentKeys.signingKey,
      roomCode: paired.value.welcome.roomCode,
      pairedAt: node.clock.now(),
    });
    this.page.show();
    return ok();
  }

  /** 修改机位号: the room decides. */
  async changeNumber(number: number): Promise<Result<void>> {
    return this.#work.claim ? refuse({ type: 'seat-in-use' }) : this.room.command('/seat/number', { number });
  }

  /** The candidate has finished. */
  handIn(): Promise<Result<void>> {
    const { answering, room, practical } = this;
    return handIn({
      node: this.#node,
      work: this.#work,
      room,
      answering,
      timeOver: this.#timeOver,
      practical,
    });
  }

  /** What candidates have left here goes; the seat stays with its room. */
  async forgetCandidates(): Promise<Result<void>> {
    this.signIn.forget();
    const forgotten = await forgetCandidates(this.#node, [this.practical, this.spoken]);
    if (forgotten.ok) this.page.show();
    return forgotten;
  }

  async close(): Promise<void> {
    this.page.close();
    await this.#leaveRoom();
  }

  async #leaveRoom(): Promise<void> {
    this.#timeOver.close();
    await this.room.close();
    await this.environment.close();
    await this.practical.close();
  }

  #knowledge(): Omit<SeatKnowledge, 'run' | 'revision'> {
    const { room, word, paper } = this;
    const { claim } = this.#work;
    return {
      paired: room.link !== null,
      roomOnline: room.online,
      order: word.order,
      claim,
      photo: this.signIn.photo,
      paperOpen: paper.open !== null && paper.open.sittingId === claim?.sittingId,
      roomNow: word.now(),
      pending: room.pending,
      kept: this.#work.kept((epoch) => room.acknowledged(epoch)),
      notice: paper.notice,
      environmentAsks: this.environment.asks,
      practical: this.practical.view,
    };
  }

  #follow(turn: PageTurn): void {
    this.#timeOver.follow(turn);
    this.practical.follow({ claim: turn.knows.claim, paper: this.paper.open, phase: turn.phase });
  }
}
