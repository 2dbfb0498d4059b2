/** The seat's standing connection to its room: hellos and journal tails, orders as they come, questions and commands. */
import { hostname } from 'node:os';
import * as z from 'zod';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { ExchangeClient } from '../../courier/https/client.ts';
import { Uplink, type UplinkState } from '../../courier/https/uplink.ts';
import type { ScreenProgram } from '../../exam/remote-control/order.ts';
import { seatOrderSchema, type SeatOrder, type SeatReport } from '../../exam/session/seat-order.ts';
import { programVersion } from '../../node/indicators.ts';
import type { Node } from '../../node/node.ts';
import type { AnswerFiles } from './answer-files.ts';
import { carriedAnswersSchema } from './carried-answers.ts';
import { followOrders } from './follow-orders.ts';
import type { PaperShelf } from './paper.ts';
import type { Claim, SeatMembership } from './stored.ts';

const helloEveryMs = 3_000;

export interface RoomLinkOptions {
  readonly node: Node;
  readonly membership: SeatMembership;
  readonly files: AnswerFiles;
  /** What was recorded and is no answer yet. */
  readonly unsettled: () => number;
  readonly shelf: PaperShelf;
  readonly claim: () => Claim | null;
  readonly screenOpen: () => boolean;
  readonly screenIn: () => SeatReport['screenIn'];
  readonly screenProgram: () => ScreenProgram;
  readonly onOrder: (order: SeatOrder) => Promise<void>;
  readonly onState: () => void;
}

export class RoomLink {
  readonly #options: RoomLinkOptions;
  readonly #client: ExchangeClient;
  readonly #uplink: Uplink;
  readonly #stop = new AbortController();
  #told = '';
  readonly #following: Promise<void>;

  constructor(options: RoomLinkOptions) {
    const { node, membership, claim } = options;
    this.#options = options;
    this.#client = new ExchangeClient(
      { address: membership.roomAddress, certPem: membership.certPem },
      node.keys.tls,
    );
    this.#uplink = new Uplink({
      client: this.#client,
      parentSigningKey: membership.roomSigningKey,
      journal: node.journal,
      clock: node.clock,
      version: programVersion,
      intervalMs: helloEveryMs,
      gatherMs: 0,
      ships: () => (origin) => origin === node.id,
      status: () => ({
        computer: hostname().slice(0, 100),
        pending: this.pending,
        sittingId: claim()?.confirmed ? claim()?.sittingId : null,
        lease: claim()?.lease ?? 0,
        screenOpen: options.screenOpen(),
        screenIn: options.screenIn(),
        screenProgram: options.screenProgram(),
      }),
      onNotices: async (said) => {
        const order = seatOrderSchema.safeParse(said);
        if (order.success) await options.onOrder(order.data);
        else node.log.error({ issues: order.error.issues }, 'order not understood');
      },
      onState: (state) => this.#tell(state),
    });
    this.#following = followOrders(this.#client, this.#stop.signal, options.onOrder, node.log, () =>
      this.#uplink.reach(),
    );
    this.sendFiles();
  }

  /** Most hellos change nothing that anybody shows. */
  #tell({ online, pending, problem }: UplinkState): void {
    const { id, journal } = this.#options.node;
    const acknowledged = this.#uplink?.acknowledged(id, journal.self.epoch) ?? 0;
    const told = `${online} ${pending} ${acknowledged} ${problem?.type}`;
    if (told === this.#told) return;
    this.#told = told;
    this.#options.onState();
  }

  get online(): boolean {
    return this.#uplink?.state.online ?? false;
  }

  get state(): UplinkState {
    return this.#uplink.state;
  }

  /** Changes, files and recordings that the room does not have yet. */
  get pending(): number {
    // The uplink says its first hello, which tells this number, while it is being made.
    const { files, unsettled } = this.#options;
    return (this.#uplink?.state.pending ?? 0) + files.pending + unsettled();
  }

  /** How far the room has the own journal of that epoch. */
  acknowledged(epoch: string): number {
    return this.#uplink?.acknowledged(this.#options.node.id, epoch) ?? 0;
  }

  /** Says hello now, because something changed that the room should know. */
  nudge(): void {
    this.#uplink.nudge();
  }

  ask(path: string, body: unknown): Promise<Result<unknown>> {
    return this.#client.post<unknown>(path, body);
  }

  fetchBytes(path: string): Promise<Result<{ bytes: number }>> {
    return this.#client.count(path);
  }

  /** Asks for something to happen. @returns what then holds for this seat. */
  async command(path: string, body: unknown): Promise<Result<SeatOrder>> {
    const answer = await this.ask(path, body);
    if (!answer.ok) return answer;
    const order = seatOrderSchema.safeParse(answer.value);
    return order.success ? ok(order.data) : refuse({ type: 'parent-not-understood' });
  }

  async carriedAnswers(sittingId: string): Promise<Result<Claim['carried']>> {
    const answer = await this.#client.get<unknown>(`/sitting/${encodeURIComponent(sittingId)}/answers`);
    if (!answer.ok) return answer;
    const parsed = carriedAnswersSchema.safeParse(answer.value);
    return parsed.success ? ok(parsed.data.answers) : refuse({ type: 'parent-not-understood' });
  }

  fetchPaper(sessionId: string): Promise<Result<void>> {
    return this.#options.shelf.fetch(this.#client, sessionId);
  }

  /** A file that the room has from a seat before, whole in `file`. */
  fetchAnswerFile(sittingId: string, digest: string, file: string): Promise<Result<unknown>> {
    return this.#client.download(`/sitting/${encodeURIComponent(sittingId)}/files/${digest}`, file);
  }

  /** In the background; what does not arrive now is tried again with the room's next word. */
  sendFiles(): void {
    const { node, files, onState } = this.#options;
    if (files.delivering || files.pending === 0) return;
    void this.#deliverFiles().then(
      (delivered) => {
        if (!delivered.ok) node.log.warn({ refusal: delivered.refusal }, 'files not delivered yet');
        onState();
      },
      (error: unknown) => node.log.error({ err: error }, 'files not delivered'),
    );
  }

  /** @param missing the room's refusal that names the files that it does not have. */
  sendFilesAgain(missing: Refusal): Promise<Result<void>> {
    const lost = lostFilesSchema.safeParse(missing);
    this.#options.files.wanted(lost.data?.files ?? [], Number.MAX_SAFE_INTEGER);
    return this.#deliverFiles();
  }

  #deliverFiles(): Promise<Result<void>> {
    const { files, membership } = this.#options;
    return files.deliverAll(this.#client, membership.roomAddress);
  }

  /** Resolves when the room has everything that was kept here so far. */
  async shipEverything(): Promise<Result<void>> {
    const files = await this.#deliverFiles();
    if (!files.ok) return files;
    await this.#uplink.flush();
    const { online, pending, problem } = this.#uplink.state;
    if (pending === 0) return ok();
    return online
      ? refuse({ type: 'answers-still-on-their-way' })
      : (problem && refuse(problem)) || refuse({ type: 'room-unreachable' });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#uplink.stop();
    await this.#following;
  }
}

const lostFilesSchema = z.object({ files: z.array(z.string().regex(/^[0-9a-f]{64}$/)) });
